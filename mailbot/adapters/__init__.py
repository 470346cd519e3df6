"""The ports filled in: IMAP, SMTP, database, templates. Packages enter here."""
