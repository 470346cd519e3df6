"""Everything that writes mail: the renderer, and the check of its templates."""

from mailbot.adapters.renderer import JinjaRenderer, RenderError
from mailbot.adapters.template_check import check_templates

__all__ = ["JinjaRenderer", "RenderError", "check_templates"]
