"""Promises on a recovery: made, kept, moved with leave, let off, handed on; and put right, or not."""

from django.views.decorators.http import require_POST

from amends.desk.recovery_page import open_page, page_about, show
from amends.desk.steps.put_right import (
    CameIn,
    CoverPromise,
    Keep,
    MakePromise,
    Move,
    NotFixed,
    PutRight,
    Release,
    Thank,
)
from amends.kit.pages import refusals_on
from amends.recovery import journey
from amends.recovery.promise import Promise


@require_POST
def promise(request, ref):
    page = open_page(request, ref)
    form = MakePromise(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.promise(page.recovery, **form.cleaned_data, by=request.user)
    return show(request, page, form)


@require_POST
def keep(request, ref):
    promise, page = page_about(request, Promise, ref)
    form = Keep(page, request.POST, about=promise)
    if form.is_valid():
        with refusals_on(form):
            journey.keep(promise, by=request.user)
    return show(request, page, form)


@require_POST
def move(request, ref):
    promise, page = page_about(request, Promise, ref)
    form = Move(page, request.POST, about=promise)
    if form.is_valid():
        with refusals_on(form):
            journey.move(promise, **form.cleaned_data, by=request.user)
    return show(request, page, form)


@require_POST
def release(request, ref):
    promise, page = page_about(request, Promise, ref)
    form = Release(page, request.POST, about=promise)
    if form.is_valid():
        with refusals_on(form):
            journey.release(promise, **form.cleaned_data, by=request.user)
    return show(request, page, form)


@require_POST
def cover_promise(request, ref):
    promise, page = page_about(request, Promise, ref)
    form = CoverPromise(page, request.POST, about=promise)
    if form.is_valid():
        with refusals_on(form):
            journey.cover_promise(promise, **form.cleaned_data, by=request.user)
    return show(request, page, form)


@require_POST
def came_in(request, ref):
    promise, page = page_about(request, Promise, ref)
    form = CameIn(page, request.POST, about=promise)
    if form.is_valid():
        with refusals_on(form):
            journey.came_in(promise, by=request.user)
    return show(request, page, form)


@require_POST
def put_right(request, ref):
    page = open_page(request, ref)
    form = PutRight(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.put_right(page.recovery, **form.cleaned_data, by=request.user)
    return show(request, page, form)


@require_POST
def not_fixed(request, ref):
    page = open_page(request, ref)
    form = NotFixed(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.not_fixed(page.recovery, **form.cleaned_data, by=request.user)
    return show(request, page, form)


@require_POST
def thank(request, ref):
    page = open_page(request, ref)
    form = Thank(page, request.POST)
    if form.is_valid():
        with refusals_on(form):
            journey.thank(page.recovery, **form.cleaned_data, by=request.user)
    return show(request, page, form)
