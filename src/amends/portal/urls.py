"""Where customers' pages live."""

from django.urls import include, path

from amends.portal import (
    held,
    ideas,
    looks,
    offers,
    page,
    peace,
    post,
    returning,
    tell,
    understanding,
    wishes,
    words,
)

app_name = "portal"

theirs = [
    path("", page.page, name="page"),
    path("understood/<str:ref>/yes/", understanding.confirm, name="confirm"),
    path("understood/<str:ref>/no/", understanding.correct, name="correct"),
    path("wish/", wishes.wish, name="wish"),
    path("offer/<str:ref>/yes/", offers.accept, name="accept"),
    path("offer/<str:ref>/better/", offers.counter, name="counter"),
    path("offer/<str:ref>/no/", offers.decline, name="decline"),
    path("extra/<str:ref>/another/", offers.swap, name="swap"),
    path("words/", words.add, name="words"),
    path("not-fixed/", words.not_fixed, name="not_fixed"),
    path("put-right/", words.put_right, name="put_right"),
    path("person/", words.person, name="person"),
    path("idea/", ideas.idea, name="idea"),
    path("trust/", returning.trust, name="trust"),
    path("leave-me-be/", peace.leave_me_be, name="leave_me_be"),
    path("my-data/", held.held, name="held"),
    path("my-data.json", held.download, name="held_file"),
    path("files/<str:ref>/", page.file, name="file"),
]
demo = [
    path("", post.letters, name="post"),
    path("<str:ref>/", post.letter, name="post_letter"),
    path("<str:ref>/as-sent/", post.as_sent, name="post_as_sent"),
    path("<str:ref>/answer/", post.reply, name="post_reply"),
]
urlpatterns = [
    path("tell/", tell.choose, name="choose"),
    path("tell/<slug:slug>/", tell.tell, name="tell"),
    path("tell/<slug:slug>/qr.<str:kind>", tell.qr, name="qr"),
    path("r/<str:token>/", include(theirs)),
    path("portal/accent/<str:ref>.css", looks.accent, name="accent"),
    path("portal/logo/<str:ref>.png", looks.logo, name="logo"),
    path("demo/post/", include(demo)),
]
