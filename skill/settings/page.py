"""What a person may choose about the companion page; nothing listens unless it is wished."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from skill.settings.household import YesNo, listed
from skill.written.shapes import Shape

PAGE_PORT = 8088


class PageSettings(Shape):
    """Whether there is a page to look at, and from where it can be seen."""

    page: Annotated[YesNo, Field(description="show a page for tablet, phone or television")] = False
    page_address: Annotated[
        str, Field(min_length=1, description="where it is shown: 0.0.0.0 is the whole network")
    ] = "127.0.0.1"
    page_port: Annotated[int, Field(ge=1, le=65_535, description="its port")] = PAGE_PORT
    page_names: Annotated[
        tuple[str, ...],
        BeforeValidator(listed),
        Field(description="further names of this machine, as behind a proxy"),
    ] = ()
