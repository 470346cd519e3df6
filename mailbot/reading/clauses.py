"""What an approval looks like: a closed grammar over the words of a whole reply.

The reply approves only when the pattern covers every word of it: one clause or more that approve,
and beside them nothing but what is known to be harmless. A word that no rule expects leaves the
pattern without a path, and so the reply without an approval.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from mailbot.reading.automaton import Automaton

PATTERNS: Mapping[str, str] = {
    "STOP": "sep | spoken | quote | paren | comma | nl | dash | emoji | dots | end",
    "SEP": "{STOP} | and | please",
    "TELL": "say+fact1 | say+aor1 | say+aor3 | sayP+fact3 | judgeP+fact3 | view.am | p.closing",
    "CASE": "item.nom | item.acc | item.gen | item.dat | item.loc | item.ins",
    # Words that may stand before an approving predicate: what is approved, by whom, for whom, how.
    "VN": (
        "publish+vn.* | publishP+vn.* | this take+vn.* | giveP+vn.* | doP+vn.* | makeP+vn.* | attend+vn.* "
        "| go+vn.* | approveP+vn.* | ensureP+vn.* | sendP+vn.* | takeP+vn.* | give+vn.* | make+vn.* | "
        "do+vn.* | send+vn.*"
    ),
    "AGENT": (
        "( honour | title.nom | title.gen | office.nom | office.gen | makam.nom | self | and | press.nom "
        "| topic.nom | topic.ins | title.ins )* ( by | office.eq | title.eq | makam.eq | side.abl | "
        "title.nom for | office.nom for | office.nom side.* | self for | ( title.gen | name.gen | name | "
        "honour )+ instead by | title.nom sir for | self side.* | title.nom become+arak | manner "
        "become+arak | office.nom become+arak )"
    ),
    "PERSON": (
        "( honour sep? | doctor sep? | title.nom | name )* ( name | name.gen | title.gen | title.nom | "
        "sir | holder.gen | holder.nom )"
    ),
    "WHAT": (
        "now | self | any | any* change-noun.nom undone | any* change-noun.dat necessity.nom undone | "
        "item.nom ( comma part.nom )* and part.nom | num dated | seeP+an | sendP+an | submitP+an | "
        "bringP+an | by ok.nom judgeP+an | send+dik | bring+dik | submit+dik | submitP+dik | part.ins and "
        "| post.* | any* ( part.dat | thing.dat | item.dat | it | fault.dat )? untouched | this | letter "
        "| it | every thing.nom | approval.nom giveP+vn.nom | and | sure | ( topic.nom | topic.gen | "
        "topic.acc | topic.eq | occasion | this )+ ( {CASE} ) | {CASE} | press.nom | press.gen | "
        "press.dat | press.ins | press.loc | for | new form.nom | new form.ins | form.ins | form.nom | "
        "form.gen | this form.loc | {VN} | social.nom press.nom and press.loc | social.nom press.nom "
        "social.loc and press.loc | and social.loc | social.loc and press.loc | press.nom press.nom comma "
        "social.nom and social.nom press.nom social.loc | event.nom | ( date | num time.nom num? ) dated "
        "| ( part.dat | part.acc | part.gen | part.loc | part.ins ) and | and ( part.dat | part.acc | "
        "part.gen | part.loc | part.ins ) | social.nom social.loc and press.loc | social.nom social.gen | "
        "part.nom and | and part.nom | social.nom and press.loc | press.nom and topic.nom? social.nom "
        "press.nom social.loc | social.nom social.nom and this* press.nom"
    ),
    "SUBJECT": "( ( {AGENT} | {PERSON} | {WHAT} ) comma? )*",
    # Superiors, whose approval a sender may report as a fact.
    "CHIEF": (
        "( honour | this )* high title.nom sir? ( honour | doctor sep? | name )* | high office.nom | ( "
        "honour | this )* name* ( title.nom | office.nom )* ( chief.nom | chief.gen | makam.nom | "
        "makam.gen ) sir? ( honour | name | sir )* ( office.nom | makam.nom )*"
    ),
    "THEIRS": (
        "( again | manner become+arak | honour | title.nom | title.gen | office.nom | office.gen | "
        "makam.nom | makam.gen | name | name.gen | sir | by | for | self | this )*"
    ),
    # What approves.
    "YES": "yes",
    "WEAK": "( {SUBJECT} ( okay.nom | okay.pred ) | yes | firm+ yes | okay.nom become+fact3 ) now?",
    "FINE": (
        "apt ( judge+fact1 | judgeP+fact3 | judgeP+evid3 become+ip | become+fut3 ) | ok.pred view.nom "
        "giveP+fact3 | ok.nom view.nom ( give+fact1 | giveP+fact3 | say+fact1 | sayP+fact3 ) | manner? "
        "view.nom ok.pred | ok.nom ( becomeP+fact3 | judge+dik ) | ok.nom become+dik ( for | thing.acc | "
        "thing.loc ) {TELL} | ( approveP+dik | approval.nom giveP+dik ) ( thing.acc | thing.loc | for ) "
        "{TELL} | sure* ok.pred | sure* ok.nom {STOP} | sure* ok.nom ( name | honour | people )* ( "
        "{POLITE} | {GO} | {SENDGO} | {YES} | {GRANT} | dear | sir ) | ok.nom ( become+aor3 | become+fut3 "
        "| become+fact3 | become+evid3 ) | ( see+ip | seeP+ip ) ok.nom judge+fact1 | ok.nom ( judge+fact1 "
        "| judgeP+fact3 | judgeP+evid3 become+ip ) | ok.nom view.nom ( doP+fact3 | becomeP+fact3 | "
        "do+fact1 ) | ok.nom ( become+dik | become+acak | judgeP+dik ) {TELL} | approveP+dik {TELL} | "
        "view.nom ok.nom become+ip | view.nom ( ok.pred | ok.nom )"
    ),
    "NIL": (
        "find-able1 | judge-able1 | see-able1 | check.nom ( doP-fact3 | doP-able3 | do-fact1 | do-able1 ) "
        "| findP-able3 | doP-evid3 become+ip | become-fact3 | stay-fact3 | find-fact1 | ( find-fact3 | "
        "findP-fact3 | judgeP-fact3 ) become+ip | no | find-fact3 | findP-fact3 | judge-fact1 | "
        "judgeP-fact3 | ( become-dik | find-dik | judgeP-dik ) {TELL} | findP-dik {TELL} | find-evid3 "
        "become+ip | findP-evid3 become+ip | judgeP-evid3 become+ip | find-ip | no ip | find-mak | "
        "do-fact3"
    ),
    "CLEAR": (
        "sakinca.nom ( become-dik | find-dik ) view.dat act+past3 | sakinca.nom become-dik view.dat ( "
        "act+fact3 | findP+fact3 | becomeP+fact3 ) | self? any* ( sakinca.nom | sakinca.acc ) ( amounting "
        "( do+acak | do+an | do+fut3 )? )? any* thing.nom? ( amounting )? {NIL} | sakinca.nom sayP+vn.acc "
        "( need+an | needP+an ) any* ( thing.dat | thing.nom ) {NIL} | fault.nom any* view.nom {NIL} | ( "
        "publishP-vn.nom | publish-vn.nom | approve-mak | approveP-vn.nom | approve-vn.nom ) for any* "
        "thing.nom {NIL}"
    ),
    "GRANT": (
        "ok.nom judgeP+arak approveP+past3 | ( see+ip | seeP+ip )? approve+fact1 | approveP+past3 | "
        "approveP+evid3 become+ip | ( approval.nom | approval.acc ) ( give+fact1 | giveP+past3 | "
        "giveP+evid3 become+ip | takeP+past3 | takeP+evid3 become+ip | exists ) | approval.pred | "
        "approval.nom ( do+fact1 | doP+fact3 | ok.nom | ok.pred )"
    ),
    "REPORTED": (
        "ok.nom ( judge+fact3 | say+fact3 ) | okay.nom say+fact3 | approve+fact3 | approval.nom ( "
        "give+fact3 | do+fact3 | say+fact3 ) | ok.nom judge+dik {TELL} | approve+dik {TELL}"
    ),
    "GO": (
        "( press.dat | item.dat ) ( pass+imp2 | pass+can2 | pass+optp ) | press.dat ( take+imp2 | "
        "take+can2 ) | publish+can2 | publish+can1 | publish+imp2 | publish+imp3 | publish+optp | "
        "publishP+can3 | publishP+imp3 | press.nom ( do+can2 | do+can1 | do+imp2 | do+optp | doP+can3 | "
        "doP+imp3 ) | press.dat ( give+can2 | give+imp2 | give+optp | giveP+can3 | giveP+imp3 ) | "
        "item.dat ( take+can2 | take+imp2 | take+optp | takeP+can3 | takeP+imp3 | give+can2 | give+imp2 | "
        "giveP+can3 | giveP+imp3 ) | goP+imp3 | goP+can3 | go+can2 | go+can1 | go+can3 | go+imp2 | "
        "go+imp3 | go+optp | attend+can2 | attend+can1 | attend+can3 | attend+optp | item.nom ( "
        "makeP+can3 | make+can2 | make+can1 | make+can3 | ensureP+can3 | give+can2 | giveP+can3 | "
        "makeP+imp3 )"
    ),
    # To send is said of the text as well as of papers that somebody wants to see: an order needs an
    # addressee or no object at all, a permission does not.
    "SENDMAY": "send+can2 | send+can1 | send+optp | sendP+can3 | pass+can2 | pass+can1 | passP+can3",
    "SENDDO": "send+imp2 | sendP+imp3",
    "SENDGO": "{SENDMAY} | {SENDDO}",
    "SENDHOW": "( {AGENT} | it | and | sure | this+ form.ins | form.ins | this form.loc )*",
    "SENDWHAT": (
        "( {AGENT} | and | sure | this+ item.nom | this+ form.ins | this+ press.nom | press.nom | "
        "press.dat | press.ins | form.ins | this form.loc | item.nom | ( topic.nom | topic.acc | occasion "
        ")+ item.nom | ( this | topic.nom | topic.acc | item.nom )* item.acc ( press.nom | and | sure )* "
        "( press.dat | press.ins ) )*"
    ),
    "TOCHIEF": (
        "( honour | high | this )* title.nom* ( chief.dat | chief.ins | makam.dat | chief.nom sirto | "
        "office.dat ) ( passed ( do+past1 | doP+past3 | doP+evid3 ( become+ip )? ) | submitP+evid3 "
        "become+ip | submitP+past3 | submitP+evid3 | ask+past1 | meet+past1 )"
    ),
    "POST": (
        "( item.acc | item.nom | press.dat | press.ins | item.dat | self | it | this it | now | please | "
        "dear | sir | firm )*"
    ),
    "APPROVES": (
        "( assent | approve+fact1 ) date | ( makam.gen | office.gen | office.nom | makam.nom | "
        "chief.gen )+ date dated ( approval.nom and | approval.ins ) ( this | {CASE} | {VN} )* ( ok.nom "
        "judgeP+fact3 | approveP+past3 ) | date part.nom? this {SUBJECT} ( {FINE} | {THEIRS} {GRANT} ) | "
        "( pass+imp2 | pass+can2 | give+imp2 | give+can2 | pass+optp | give+optp ) ( item.acc | it )? ( "
        "press.dat ) | ( office.nom | office.gen | title.nom | title.gen | makam.nom | this )* ( view.nom "
        "| view.pred ) sep ( ok.nom | ok.pred ) | ( item.nom | part.nom ) sep ok.nom | {SUBJECT} ( "
        "earlier | manner | give+dik | also | very )* approval.acc ( self | also | manner | become+arak "
        ")* check.nom do+fact1 | honour* chief.ins sir? ( also | earlier | time.nom )* meet+past1 {SEP}* "
        "they and? ( this | {CASE} | {VN} )* {REPORTED} | ( this | {CASE} )* {TOCHIEF} {SEP}* {CHIEF}? ( "
        "this | {CASE} | {VN} )* ( approval.nom doP+fact3 | {REPORTED} | ok.nom judgeP+fact3 | "
        "approveP+past3 ) | date ondate ( approveP+past3 | ok.nom judgeP+fact3 ) | {SENDWHAT} {SENDMAY} ( "
        "press.dat | press.ins )? now? | {SENDHOW} {SENDDO} ( press.dat | press.ins )? now? | {SENDWHAT} "
        "( press.dat | press.ins ) ( and | sure | this | item.acc )* ( {SENDDO} | pass+imp2 | pass+optp | "
        "passP+imp3 ) now? | ( this | new | {CASE} )* form.acc {GRANT} | ( this | topic.nom | item.nom )* "
        "( item.nom | form.nom ) sure* ( okay.nom | okay.pred ) | {SUBJECT} ( {FINE} | {CLEAR} | {THEIRS} "
        "{GRANT} | {GO} | ( {GO} | {FINE} | {THEIRS} {GRANT} ) {POST} {STOP} | p.approve ) | {CHIEF} ( ( "
        "this | {CASE} )* ( see+past3 | judge+past3 ) {SEP}+ )* and? comma? ( this | {CASE} | {VN} | "
        "topic.nom | sure )* {REPORTED} | ( this | topic.nom | thing.nom )* memo.nom ( office.nom | "
        "makam.nom | title.nom | and )* ( office.dat | makam.dat ) ( sendP+imp3 | sendP+can3 ) | ( this | "
        "topic.nom | thing.nom )* memo.gen ( office.nom | makam.nom | title.nom | and )* ( office.dat | "
        "makam.dat ) sendP+vn.nom {FINE} | ( this | topic.nom | thing.nom )* memo.acc ( office.nom | "
        "makam.nom | title.nom | and )* ( office.dat | makam.dat ) ( send+imp2 | send+can2 | send+optp ) "
        "| assent assent+ | assent ( {SEP} | {SIGNED} | {POLITE} | {FINE} | {GRANT} )"
    ),
    # What may stand beside an approval.
    "POLITE": (
        "( people | name | honour | title.nom | sir | sirto | p.greeting | very )* ( p.greeting | "
        "p.thanks | p.praise | p.wish ) ( people | name | sir | title.nom )* | ( other | also | self | "
        "people | remark.* | event.* | time.nom | time.ki | make+dik | p.none | topic.* | title.* | "
        "office.* ) ( other | also | self | people | remark.* | event.* | time.nom | time.ki | for | "
        "make+dik | p.none | topic.* | title.* | office.* )* ( p.wish | p.thanks | p.praise )"
    ),
    "PRAISED": (
        "( this | {CASE} | part.nom | and | very | topic.nom )* good.nom ( any | topic.nom )* item.nom? ( "
        "become+evid3 | become+fact3 | good.pred | makeP+evid3 | {STOP} ) | ( part.nom | item.nom | and "
        ")+ p.praise | ( item.ki | part.nom | item.nom )+ very* ( good.pred | good.nom {STOP} ) | ( this "
        "| item.nom )* p.praise any* item.nom? become+evid3 | ( now | sure )? become+past3 | ( remark.nom "
        "| item.nom | topic.nom | num time.nom )* p.wish | very* good.pred | ( this | item.nom )* very* "
        "good.nom and good.nom ( become+evid3 | {STOP} )"
    ),
    "SEEN": (
        "( part.acc | item.acc )? check.nom do+past1 | ( part.nom | item.nom )? check.nom ( doP+evid3 "
        "become+ip | doP+past3 | doP+evid3 {STOP} ) | ( this | {CASE} | by | any | and | topic.nom | "
        "part.acc | part.nom | very | title.nom | office.nom | office.eq | makam.eq | title.eq | side.abl "
        "| {VN} )* ( see+past1 | seeP+evid3 ( become+ip )? | seeP+past3 | judgeP+evid3 become+ip | "
        "judgeP+evid3 and? | judge+past1 ) | ( this | office.gen | office.nom | title.nom )* view.nom "
        "takeP+evid3 become+ip"
    ),
    "FAULTLESS": (
        "any* thing.nom? ( change+vn.dat | change-noun.dat ) necessity.nom {NIL} | change-noun.nom ( "
        "do+fut3 | doP+fut3 | doP+acak ) any* thing.nom {NIL} | ( this | {CASE} | topic.nom | {AGENT} )* "
        "any* fault.nom ( check.nom doP-fact3 | {NIL} ) | item.loc? fault.nom or and? fault.nom {NIL} | ( "
        "form.ki | also )* fault.nom changeP+evid3 {STOP} | ( this | item.nom | item.loc | item.gen | "
        "part.loc )* any* ( ( fault.nom | fault.acc ) any* thing.nom? | change-noun.nom | change-noun.dat "
        "thing.nom? ) ( no | check.nom doP-fact3 | find-fact3 | judge-fact1 | judgeP-fact3 | need-fact3 | "
        "need-aor3 | needP-fact3 | not ) | ( change-noun.dat | changeP+vn.dat ) necessity.nom ( {NIL} ) | "
        "self? ( say+fut3 | withdraw+fut3 | change+fut3 | sayP+fut3 | changeP+fut3 | change+acak | "
        "say+acak ) any* thing.nom? {NIL} | ok.nom become-an any* thing.nom {NIL} | ( need+dik | meet+dik "
        "| say+dik | this | also | time.ki | remark.loc )* ( change-noun.nom | change-noun.acc ) ( "
        "makeP+evid3 | makeP+past3 | make+past2 | judge+past1 | see+past1 | settleP+evid3 | settleP+past3 "
        ") {STOP} | ( time.nom | also | time.ki | very )* ( sakinca.nom | thing.nom | view.nom ) ( "
        "settle+past3 | settle+evid3 ) {STOP} | now become+evid3 | ( time.nom | also )* ( very earlier | "
        "earlier )? changeP+vn.acc need+plup1 {STOP} | ( time.nom | earlier )* approve-plup1 turn sure*"
    ),
    "LATER": (
        "publish+diginda | publishP+diginda | go+diginda | ( publish+dikta | publishP+dikta | go+dikta ) "
        "after | publish+inca | publishP+inca | go+inca"
    ),
    "ORDER": (
        "( also | this )* ( go+an | publishP+an ) item.acc also* ( send+imp2 ) | ( {LATER} )? p.errand | "
        "( also | remark.* | time.* )* paper.acc also* ( send+aor3 | send+can3 | give+aor3 | bring+can3 | "
        "bring+aor3 ) ask qmark? | ( ( {LATER} )? ( also | publishP+an | publish+an | go+an | press.nom | "
        "press.gen | topic.nom | item.nom | item.gen | remark.acc | remark.nom | remark.gen | remark.dat "
        "| office.nom | office.gen | title.nom | title.gen )* | ( also | remark.* | inner.* | time.nom | "
        "time.ki | time.dat | office.nom | office.gen | title.nom | title.gen )* ) ( remark.acc | "
        "remark.nom ) ( also | time.dat )* ( bring+past1 | send+aor2 | bring+aor2 | submitP+imp3 | "
        "bringP+imp3 | sendP+imp3 | forget-imp2 | forget-optp | send+imp2 | pass+imp2 | send+optp | "
        "bring+imp2 | bring+can2 | send+can2 | bring+optp | call+imp2 )"
    ),
    "REMARK": (
        "title.nom* office.gen? social.nom press.nom social.abl and ( publishP+can3 | publish+can2 ) | ( "
        "also | time.* | clock | num | inner.* | remark.dat | remark.loc )* ( remark.acc | paper.acc ) "
        "also* ( remark.dat )? ( bring+imp2 | bring+can2 | bringP+imp3 ) | ( also | time.* | remark.nom | "
        "remark.gen | event.ki )* inner.nom ( time.* | clock | num )+ also? | ( also | time.* | remark.* "
        ")* ( call+vn.acc | bring+vn.acc ) ( forget-imp2 | forget-optp ) | ( honour | name | title.nom )* "
        "( sir | dear ) | ( also | remark.nom | remark.gen )* paper.acc also* wait+fact1 | self? this? "
        "item.acc? self and publish+fut1 | this? item.acc? self and publish+fut1 | choice approval.acc "
        "and ( take+can2 | take+imp2 ) | ( also | remark.* | time.nom | time.dat | time.loc | time.ki | "
        "time.acc | num | clock | title.dat | office.dat )* ( call+imp2 | meet+aor1 ) | time.abl after "
        "p.errand | ( remark.dat also* ) p.errand | ( time.* | num | clock )+ p.errand"
    ),
    "ONWARD": (
        "( this | item.acc )+ ( office.nom | makam.nom | title.nom | honour | office.gen )* ( office.dat "
        "| makam.dat | title.dat | chief.dat ) also+ ( submit+imp2 | submit+can2 | submit+optp | "
        "send+imp2 | send+can2 | send+optp ) | ( and | also | title.nom | office.nom | makam.nom | "
        "office.gen | makam.gen )* ( office.dat | makam.dat | title.dat | approval.dat | office.dat and "
        "office.dat ) ( and | also | office.dat | makam.dat )* ( submit+imp2 | submit+can2 | submit+optp "
        "| submitP+imp3 | submitP+can3 | send+imp2 | send+can2 | send+optp | sendP+imp3 | sendP+can3 )"
    ),
    "BUSY": (
        "( also | time.nom | time.ki )* ( busy.am | busy.was ) | time.nom* ondate? away | ( remark.abl | "
        "busy.abl | event.abl ) p.closing | remark.nom good.nom become+imp3"
    ),
    "SIGNED": (
        "paren? slash? ( signmark | initial ) sep? ( signmark | initial ) sep? paren? | dash name+ | nl+ "
        "( doctor sep? )* name+ {SEP}* ( ( title.nom | title.gen | title.acc | office.nom | office.gen | "
        "makam.nom | and | num | sep | comma | nl | name | signmark | topic.nom | topic.acc | phone | url "
        ")* )"
    ),
    "LETTERHEAD": (
        "signmark sep? signmark sep? nl ( title.* | office.* | makam.* | press.* | topic.* | nl )*"
    ),
    # The date under an answer, as on paper.
    "DATED": "( nl | sep ) date ( nl | end | {SIGNED} )",
    "SOFT": (
        "soft | label ( sep | dash ) ( date | num | time.* | dated | letter | this | and )+ | label ( sep "
        "| dash ) | {DATED} | {POLITE} | {PRAISED} | {FAULTLESS} | {SIGNED} | p.device | p.closing | ( "
        "honour | name | title.nom )* ( sir | dear )"
    ),
    "HARMLESS": (
        "soft | open | settled | order | {LETTERHEAD} | {DATED} | label ( sep | dash ) | "
        "{WEAK} | paren title.nom* signmark sep? paren | {POLITE} | {PRAISED} | {SEEN} | {FAULTLESS} | "
        "{ORDER} | {REMARK} | {ONWARD} | {BUSY} | {SIGNED} | p.device | p.closing"
    ),
    "REPLY": (
        "( {SEP} | {HARMLESS} {SEP}* )* {APPROVES} ( {SEP} | {APPROVES} | {HARMLESS} )* | ( {SEP} | "
        "{SOFT} | {SEEN} )* {WEAK} ( {SEP} | {WEAK} | {SOFT} )*"
    ),
}


@cache
def approval() -> Automaton:
    """The pattern of a whole reply that approves."""
    return Automaton(PATTERNS["REPLY"], PATTERNS)


@cache
def granted() -> Automaton:
    """The pattern of one clause that approves in so many words.

    An order to publish is none: its place and time count.
    """
    return Automaton("{SUBJECT} ( {FINE} | {CLEAR} | {THEIRS} {GRANT} ) {POST}", PATTERNS)
