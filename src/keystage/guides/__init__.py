"""Guides to the systems that schools have: how the file comes out, and how the commonest findings are put right there.

They say what could be read in public, with its source, and what is not known.
"""

from keystage.guides.guide import Fix, Guide, Step
from keystage.guides.held import guide, guide_for, guides

__all__ = ["Fix", "Guide", "Step", "guide", "guide_for", "guides"]
