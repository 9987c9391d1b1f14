import socket
import ssl

import pytest
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from amends.mailroom.mailbox import Mailbox
from amends.mailroom.refusal import in_words

BOX = Mailbox(host="imap.larder.example", port=993, login="larder")


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (socket.gaierror(-2, "?"), "There is no server named imap.larder.example."),
        (ConnectionRefusedError(), "imap.larder.example does not answer at port 993."),
        (TimeoutError(), "imap.larder.example did not answer in time."),
        (LoginError("b'Wrong password.'"), "imap.larder.example does not let larder in: Wrong password."),
        (IMAPClientAbortError("socket error: EOF"), "imap.larder.example broke off: socket error: EOF"),
        (IMAPClientError("b'NO such folder'"), "imap.larder.example says no: NO such folder"),
        (ssl.SSLError(1, "wrong version"), "does not speak TLS at port 993 as expected"),
        (OSError(), "imap.larder.example: OSError"),
    ],
)  # fmt: skip
def test_osticket_3966_a_refusal_names_the_server_and_says_why(trouble, words):
    """Guarantee 14."""
    assert words in in_words(trouble, BOX, overrun=False)


def test_zammad_2321_whom_we_left_did_not_answer_in_time():
    """Guarantee 14: however the library says that the connection is gone."""
    said = in_words(IMAPClientAbortError("socket error: EOF"), BOX, overrun=True)
    assert said == "imap.larder.example did not answer in time."
