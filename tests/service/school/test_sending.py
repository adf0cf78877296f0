"""Sending a file by HTTP: what travels, and what each answer means."""

import socket
import threading

import pytest

from keystage.service.school.services.sending import NotTaken, Receipt, Unknown, send
from service.gateway import TinyGateway, a_gateway

NAME = "9992001_KS2_NAALLLL_001.xml"
CONTENT = b"<CTfile>\xc3\xa9</CTfile>\n"


@pytest.fixture
def gateway():
    with a_gateway() as running:
        yield running


def try_to_send(gateway: TinyGateway, seconds: float = 5) -> Receipt:
    return send(gateway.address, NAME, CONTENT, key="f" * 64, seconds=seconds)


def test_the_file_goes_whole_with_its_name_and_the_key(gateway):
    receipt = try_to_send(gateway)
    assert (receipt.number, receipt.is_accepted, receipt.message) == ("R-2026-000123", False, "Received: 3 pupils.")
    (body,) = gateway.bodies
    assert f'name="file"; filename="{NAME}"'.encode() in body
    assert b"\r\n\r\n" + CONTENT + b"\r\n--" in body
    assert gateway.keys == ["f" * 64]


def test_an_accepted_return_is_told_from_a_received_one(gateway):
    gateway.says(201, receipt="R-1", status="accepted")
    assert try_to_send(gateway).is_accepted


def test_a_refusal_carries_the_gateways_words(gateway):
    gateway.says(422, message="The collection is not open.")
    with pytest.raises(NotTaken, match="The collection is not open"):
        try_to_send(gateway)


def test_a_refusal_without_words_says_its_status(gateway):
    gateway.status, gateway.answer = 404, b"<html>"
    with pytest.raises(NotTaken, match="It answered 404"):
        try_to_send(gateway)


@pytest.mark.parametrize("status", [500, 502, 503, 429, 408])
def test_trouble_on_the_other_side_leaves_it_unknown(gateway, status):
    gateway.says(status, message="Sorry.")
    with pytest.raises(Unknown, match=f"It answered {status}"):
        try_to_send(gateway)


def test_no_answer_in_time_leaves_it_unknown_and_it_can_be_sent_again_with_the_same_key(gateway):
    waiting = threading.Event()
    gateway.before_answer = lambda: waiting.wait(5) and None
    with pytest.raises(Unknown, match=r"no answer within 0\.2 seconds"):
        try_to_send(gateway, seconds=0.2)
    waiting.set()
    assert try_to_send(gateway).number == "R-2026-000123"
    assert gateway.keys == ["f" * 64] * 2


@pytest.mark.parametrize("answer", [b"thank you", b"[]", b"{}", b'{"receipt": 7}', b'{"receipt": ""}', b"\xff"])
def test_an_answer_without_a_receipt_leaves_it_unknown(gateway, answer):
    gateway.answer = answer
    with pytest.raises(Unknown, match="gave no receipt"):
        try_to_send(gateway)


def test_it_does_not_follow_to_another_address(gateway):
    with a_gateway() as other:
        gateway.status, gateway.headers = 307, {"Location": other.address}
        with pytest.raises(Unknown, match="It answered 307"):
            try_to_send(gateway)
    assert other.bodies == []


def test_nobody_there_leaves_it_unknown():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        with pytest.raises(Unknown, match="could not be reached"):
            send(address, NAME, CONTENT, key="k")


@pytest.mark.parametrize("address", ["http://gateway.example/", "ftp://gateway.example/", "gateway.example"])
def test_pupils_data_does_not_go_unguarded(address):
    with pytest.raises(NotTaken, match="must begin with https"):
        send(address, NAME, CONTENT, key="k")


def test_what_no_database_takes_is_left_out_of_what_the_gateway_said(gateway):
    gateway.answer = b'{"receipt": "R\\u0000-1", "message": "Thank\\ud800 you\\u0000."}'
    receipt = try_to_send(gateway)
    assert (receipt.number, receipt.message) == ("R-1", "Thank? you.")
