"""PDFium's functions, bound to plain addresses: a handle is a number, a place to write to another.

PDFium's documentation says what each does; the name here is theirs, shortened. Those that are
called for each character or object take `Passed` handles and places: turning a number into what C
takes costs more than the call, so it is done once for all calls that are given it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import NewType

import pypdfium2.raw

_POINTER = ctypes.c_void_p
_INT = ctypes.c_int
_Call = Callable[..., int | None]

# A handle or a place as C takes it. Kept where it is used often; what it points at may go.
Passed = NewType("Passed", object)


def number(name: str) -> int:
    """Return a constant of PDFium's."""
    return int(getattr(pypdfium2.raw, name))


def _bound(name: str, result: type | None, *arguments: type) -> _Call:
    address = ctypes.cast(getattr(pypdfium2.raw, name), _POINTER).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address or 0)


def passed(address: int) -> Passed:
    """Return a handle or a place as the calls for many take it."""
    return Passed(_POINTER.from_param(address))


def _quick(name: str, result: type | None) -> _Call:
    """Bind a function that is told pointers as `Passed` only: a bare number would lose its half."""
    address = ctypes.cast(getattr(pypdfium2.raw, name), _POINTER).value
    return ctypes.PYFUNCTYPE(result)(address or 0)


def _sized(name: str) -> Callable[[int], float]:
    address = ctypes.cast(getattr(pypdfium2.raw, name), _POINTER).value
    return ctypes.PYFUNCTYPE(ctypes.c_float, _POINTER)(address or 0)


load_document = _bound("FPDF_LoadDocument", _POINTER, ctypes.c_char_p, ctypes.c_char_p)
close_document = _bound("FPDF_CloseDocument", None, _POINTER)
last_error = _bound("FPDF_GetLastError", ctypes.c_ulong)
page_count = _bound("FPDF_GetPageCount", _INT, _POINTER)
meta_text = _bound(
    "FPDF_GetMetaText", ctypes.c_ulong, _POINTER, ctypes.c_char_p, _POINTER, ctypes.c_ulong
)
attachment_count = _bound("FPDFDoc_GetAttachmentCount", _INT, _POINTER)
attachment = _bound("FPDFDoc_GetAttachment", _POINTER, _POINTER, _INT)
attachment_name = _bound(
    "FPDFAttachment_GetName", ctypes.c_ulong, _POINTER, _POINTER, ctypes.c_ulong
)
attachment_file = _bound(
    "FPDFAttachment_GetFile", _INT, _POINTER, _POINTER, ctypes.c_ulong, _POINTER
)
load_page = _bound("FPDF_LoadPage", _POINTER, _POINTER, _INT)
close_page = _bound("FPDF_ClosePage", None, _POINTER)
page_width = _sized("FPDF_GetPageWidthF")
page_height = _sized("FPDF_GetPageHeightF")
bounding_box = _bound("FPDF_GetPageBoundingBox", _INT, _POINTER, _POINTER)
rotation = _bound("FPDFPage_GetRotation", _INT, _POINTER)
flatten = _bound("FPDFPage_Flatten", _INT, _POINTER, _INT)
annotation_count = _bound("FPDFPage_GetAnnotCount", _INT, _POINTER)
annotation = _bound("FPDFPage_GetAnnot", _POINTER, _POINTER, _INT)
close_annotation = _bound("FPDFPage_CloseAnnot", None, _POINTER)
annotation_kind = _bound("FPDFAnnot_GetSubtype", _INT, _POINTER)
load_text = _bound("FPDFText_LoadPage", _POINTER, _POINTER)
close_text = _bound("FPDFText_ClosePage", None, _POINTER)
count_chars = _bound("FPDFText_CountChars", _INT, _POINTER)
get_text = _bound("FPDFText_GetText", _INT, _POINTER, _INT, _INT, _POINTER)
unicode = _quick("FPDFText_GetUnicode", ctypes.c_uint)
loose_box = _quick("FPDFText_GetLooseCharBox", _INT)
text_object = _quick("FPDFText_GetTextObject", _POINTER)
count_objects = _bound("FPDFPage_CountObjects", _INT, _POINTER)
object_at = _quick("FPDFPage_GetObject", _POINTER)
count_within = _bound("FPDFFormObj_CountObjects", _INT, _POINTER)
object_within = _quick("FPDFFormObj_GetObject", _POINTER)
kind = _quick("FPDFPageObj_GetType", _INT)
bounds = _quick("FPDFPageObj_GetBounds", _INT)
matrix = _bound("FPDFPageObj_GetMatrix", _INT, _POINTER, _POINTER)
fill = _quick("FPDFPageObj_GetFillColor", _INT)
draw_mode = _bound("FPDFPath_GetDrawMode", _INT, _POINTER, _POINTER, _POINTER)
object_text = _bound(
    "FPDFTextObj_GetText", ctypes.c_ulong, _POINTER, _POINTER, _POINTER, ctypes.c_ulong
)
set_active = _quick("FPDFPageObj_SetIsActive", _INT)
create_bitmap = _bound("FPDFBitmap_CreateEx", _POINTER, _INT, _INT, _INT, _POINTER, _INT)
destroy_bitmap = _bound("FPDFBitmap_Destroy", None, _POINTER)
render = _bound(
    "FPDF_RenderPageBitmap", None, _POINTER, _POINTER, _INT, _INT, _INT, _INT, _INT, _INT
)
render_mode = _quick("FPDFTextObj_GetTextRenderMode", _INT)
