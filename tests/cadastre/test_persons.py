"""Which mentions are one person: by a number, or by evidence beside the name, and never by the name alone."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cadastre.identity.person_evidence import ENOUGH, LEVELS
from cadastre.identity.persons import people_of
from cadastre.settling.same_land import same_land
from cadastre.words.hamlets import home_of
from cadastre.words.person_names import name_form, name_level
from schemas.entries import Owner
from schemas.parcels import Link, ParcelKey
from schemas.persons import IdNumber, Mention, People

_numbers = count(1)
HOME = "Thôn 3, xã Tam Dân, huyện Phú Ninh"
AN = Owner("Nguyễn Văn An", sex="nam", birth_year=1960, address=HOME)
WITH_CMND = replace(AN, id_kind="cmnd", id_no="205123456")
# The 12-digit number of a man (0) born 1960 (60) whose birth is registered in Quảng Nam (049), domain.md 3.5.
WITH_CCCD = Owner("Nguyễn Văn An", sex="nam", id_kind="cc", id_no="049060001234")
BINH = Owner("Trần Thị Bình", sex="nu")


def mention(owner: Owner, *beside: Owner, entry: str | None = None, place: int = 1, **where: str | None) -> Mention:
    """An owner on an entry of its own, on a parcel of its own where none is said."""
    number = next(_numbers)
    entry = entry or f"e{number:05d}"
    said = {"kind": "so_muc_ke", "unit": "20380", "parcel": f"20380@2013/1/{number}", **where}
    return Mention(
        mention_id=f"{entry}#{place}",
        entry_id=entry,
        document_id=str(said.get("document_id", f"d{number}")),
        page=str(said.get("page", f"p{number}")),
        kind=said["kind"],  # type: ignore[arg-type]
        era="2013",
        day=said.get("day"),
        unit=said["unit"],
        parcel=said["parcel"],
        owner=owner,
        beside=beside,
    )


def groups(*mentions: Mention, chains: dict[str, str] | None = None) -> set[frozenset[str]]:
    return {frozenset(one.mention_ids) for one in people_of(mentions, chains).persons}


def one_person(*mentions: Mention, chains: dict[str, str] | None = None) -> bool:
    return groups(*mentions, chains=chains) == {frozenset(one.mention_id for one in mentions)}


# Names.


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Nguyễn Văn An", "Nguyễn Văn An", "name"),
        ("Trần Thị Thúy", "Trần Thị Thuý", "name"),  # the tone's place is a habit of spelling
        ("Lý Thị Mỹ", "Lí Thị Mĩ", "name"),  # i and y
        ("A Lăng Bh'riu", "A Lăng Bhriu", "name"),
        ("Zơ Râm Tr'Hy", "Zơrâm Tr Hy", "name"),
        ("NGUYEN VAN AN", "Nguyễn Văn An", "name-bare"),  # a typewriter without marks
        ("Nguyễn Văn Thanh", "Nguyễn Văn Thành", "name-near"),
        ("Phạm Thị Hường", "Phạm Thị Hương", "name-near"),
        ("Nguyễn Văn Dũng", "Nguyễn Văn Dùng", "name-near"),
        ("Nguyễn Văn Dũng", "Nguyễn Văn Dung", "name-near"),
        ("Huỳnh Văn Dưỡng", "Huynh Văn Dưởngg", "name-near"),
        ("Nguyễn An", "Nguyễn Văn An", "name-short"),
        ("Năm Xoài", "Nguyễn Văn Xoài", "name-nick"),
        ("Xoài", "Nguyễn Văn Xoài", "name-nick"),
        ("Năm Xoài", "Sáu Xoài", None),  # the fifth is not the sixth
        ("Nguyễn Văn An", "An Văn Nguyễn", None),  # the order is kept
        ("Nguyễn Văn An", "Nguyễn Văn Bảy", None),
        ("Lê Na", "Lê Nga", None),  # one letter of a short name is another name
        ("Nguyễn An", "Trần Văn An", None),
    ],
)
def test_names_agree_as_people_here_write_them(one, other, level):
    assert name_level(name_form(one), name_form(other)) == level
    assert name_level(name_form(other), name_form(one)) == level


@pytest.mark.parametrize(
    ("address", "hamlet", "commune"),
    [
        ("Thôn 3, xã Tam Dân, huyện Phú Ninh", "3", "tamdan"),
        ("thôn Một, xã Tam Thăng", "1", "tamthang"),
        ("Tổ dân phố 05 - phường An Mỹ - Tam Kỳ", "5", "anmy"),
        ("khối phố Hương Trà Đông, P. Hòa Hương", "huongtradong", ""),
        ("xã Bình Dương, huyện Thăng Bình", "", "binhduong"),
        (None, "", ""),
    ],
)
def test_the_hamlet_and_the_commune_of_an_address(address, hamlet, commune):
    assert (home_of(address).hamlet, home_of(address).commune) == (hamlet, commune)


# What is enough.


def test_no_name_is_enough_by_itself_nor_with_the_year_and_sex_of_a_commune():
    names = [weight for level, weight in LEVELS.items() if level.startswith("name")]
    beside = LEVELS["birth-year"] + LEVELS["sex"] + LEVELS["commune"]
    assert max(names) + beside < ENOUGH
    namesake = replace(AN, address="Thôn 7, xã Tam Dân, huyện Phú Ninh")
    assert not one_person(mention(AN), mention(namesake))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (mention(AN), mention(AN)),  # name, year, sex, hamlet
        (mention(Owner("Nguyễn Văn An"), parcel="k"), mention(AN, parcel="k")),  # the land
        (mention(Owner("NGUYEN VAN AN", sex="nam"), parcel="k"), mention(AN, parcel="k")),
        (mention(Owner("Nguyễn Văn An", sex="nam"), BINH), mention(AN, BINH)),  # the wife
        (mention(Owner("Năm Xoài", address=HOME), parcel="k"), mention(replace(AN, name="Lê Văn Xoài"), parcel="k")),
        (mention(WITH_CMND), mention(Owner("Nguyễn Văn An", id_kind="cmnd", id_no="205123456"))),
        (mention(WITH_CMND), mention(Owner("Nguyễn An", id_kind="cmnd", id_no="205 123 456"))),
        # one number, compatible names: the year beside it was misread
        (mention(WITH_CMND), mention(replace(WITH_CMND, birth_year=1966, address=None))),
    ],
)
def test_a_name_with_evidence_beside_it_is_one_person(one, other):
    assert one_person(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Owner("Nguyễn Văn An"), Owner("Nguyễn Văn An")),
        (Owner("Nguyễn Văn An", address=HOME), Owner("Nguyễn Văn An", address=HOME)),  # namesakes of one hamlet
        (AN, replace(AN, birth_year=1985)),
        (AN, replace(AN, sex="nu")),
        (AN, replace(AN, name="Nguyễn Văn Bảy")),
    ],
)
def test_too_little_or_a_contradiction_stays_two(one, other):
    assert not one_person(mention(one), mention(other))


def test_a_son_with_a_name_like_his_fathers_on_the_same_land_stays_himself():
    father, son = replace(AN, name="Nguyễn Văn Hùng", birth_year=1935), replace(AN, name="Nguyễn Văn Hưng")
    assert not one_person(mention(father, parcel="k"), mention(son, parcel="k"))


def test_two_owners_of_one_entry_are_two_persons():
    twins = mention(AN, AN, entry="e1"), mention(AN, AN, entry="e1", place=2)
    assert not one_person(*twins)


# CMND and CCCD.


def test_the_two_numbers_of_one_person_are_joined_by_the_land_or_the_spouse_and_the_year_in_the_number():
    old, new = mention(WITH_CMND, BINH, parcel="a"), mention(WITH_CCCD, BINH, parcel="b")
    (person,) = people_of([old, new]).persons
    assert person.numbers == (IdNumber("cc", "049060001234"), IdNumber("cmnd", "205123456"))
    assert (person.birth_year, person.sex, person.address) == (1960, "nam", HOME)
    assert {reason for join in person.joins for reason in join.reasons} == {
        "name", "birth-year", "sex", "beside", "commune",
    }  # fmt: skip
    assert one_person(mention(WITH_CMND, parcel="k"), mention(WITH_CCCD, parcel="k"))


def test_the_two_numbers_are_not_joined_by_name_and_year_alone():
    assert not one_person(mention(WITH_CMND), mention(WITH_CCCD))


def test_the_two_numbers_are_joined_through_the_renumbering_of_the_land():
    old, new = mention(WITH_CMND), mention(WITH_CCCD)
    assert one_person(old, new, chains={old.mention_id: "land", new.mention_id: "land"})


def test_two_numbers_of_one_kind_are_two_persons_whatever_else_agrees():
    other = replace(WITH_CMND, id_no="205999888")
    people = people_of([mention(WITH_CMND, BINH, parcel="k"), mention(other, BINH, parcel="k")])
    assert len(people.persons) == 2
    assert people.doubts == ()


def test_numbers_one_confusion_apart_stay_two_persons_and_are_asked_about():
    """domain.md 10: 3 and 8 are taken for one another."""
    one, other = mention(WITH_CMND, parcel="k"), mention(replace(WITH_CMND, id_no="205128456"), parcel="k")
    people = people_of([one, other])
    assert len(people.persons) == 2
    assert [(doubt.kind, doubt.one, doubt.other) for doubt in people.doubts] == [
        ("number-misread", one.mention_id, other.mention_id)
    ]


def test_a_third_paper_never_joins_two_persons_with_numbers_of_their_own():
    middle = mention(AN, parcel="k")
    people = people_of(
        [mention(WITH_CMND, parcel="k"), middle, mention(replace(WITH_CMND, id_no="205999888"), parcel="k")]
    )
    assert all(len(one.numbers) == 1 for one in people.persons)
    assert len(people.persons) == 2


def test_one_number_under_two_names_is_two_persons_and_is_asked_about():
    wife = Owner("Trần Thị Bình", sex="nu", id_kind="cmnd", id_no="205123456")
    people = people_of([mention(WITH_CMND), mention(wife)])
    assert len(people.persons) == 2
    assert [doubt.kind for doubt in people.doubts] == ["number-shared"]


# Papers of one user, organisations, households.


def test_a_certificate_of_many_parcels_names_its_owner_once():
    rows = [mention(Owner("Nguyễn Văn An"), kind="gcn", document_id="g") for _ in range(5)]
    assert one_person(*rows)
    assert not one_person(*(mention(Owner("Nguyễn Văn An"), document_id="muc ke") for _ in range(2)))


def test_the_land_of_every_parcel_of_a_certificate_speaks_for_its_owner():
    rows = [mention(Owner("Nguyễn Văn An"), kind="gcn", document_id="g", parcel=f"k{n}") for n in range(3)]
    assert one_person(*rows, mention(AN, parcel="k2"))


def test_an_office_is_one_in_its_commune_and_no_person():
    committee = Owner("UBND xã Tam Dân")
    people = people_of([mention(committee), mention(committee), mention(committee, unit="20341")])
    assert sorted(len(one.mention_ids) for one in people.persons) == [1, 2]
    assert all(one.organisation for one in people.persons)
    assert people.households == ()


def test_a_couple_and_the_household_of_its_older_paper_are_one_household():
    head = mention(Owner("Nguyễn Văn An", household=True), kind="gcn", parcel="k")
    husband = mention(AN, BINH, entry="e1", kind="gcn", parcel="k")
    wife = mention(BINH, AN, entry="e1", place=2, kind="gcn", parcel="k")
    people = people_of([head, husband, wife])
    named = {one.person_id: one.name for one in people.persons}
    (household,) = people.households
    assert {named[one] for one in household.person_ids} == {"Nguyễn Văn An", "Trần Thị Bình"}
    assert named[household.head] == "Nguyễn Văn An"


def test_brothers_who_share_land_make_no_household():
    brother = replace(AN, name="Nguyễn Văn Bảy", birth_year=1962)
    shared = [mention(AN, brother, entry="e1"), mention(brother, AN, entry="e1", place=2)]
    assert people_of(shared).households == ()


def test_the_name_with_all_its_marks_stands():
    written = [mention(replace(WITH_CMND, name=name)) for name in ("Nguyen Van An", "Nguyen Van An", "Nguyễn Văn An")]
    (person,) = people_of(written).persons
    assert person.name == "Nguyễn Văn An"


# A function of the set.

OWNERS = st.builds(
    Owner,
    name=st.sampled_from(["Nguyễn Văn An", "Nguyen Van An", "Nguyễn Văn Ân", "Năm An", "Trần Thị Bình"]),
    sex=st.sampled_from([None, "nam", "nu"]),
    birth_year=st.sampled_from([None, 1960, 1961, 1980]),
    id_kind=st.just("cmnd"),
    id_no=st.sampled_from([None, "205123456", "205128456", "206000001"]),
    address=st.sampled_from([None, HOME]),
)


@settings(max_examples=150, deadline=None)
@given(owners=st.lists(OWNERS, max_size=9), parcels=st.lists(st.integers(1, 3), min_size=9, max_size=9), data=st.data())
def test_any_order_gives_the_same_people_and_no_person_contradicts_itself(owners, parcels, data):
    mentions = [
        replace(mention(owner, parcel=f"k{parcel}"), mention_id=f"e{number}#1", entry_id=f"e{number}")
        for number, (owner, parcel) in enumerate(zip(owners, parcels, strict=False))
    ]
    people = people_of(mentions)
    assert people_of(data.draw(st.permutations(mentions))) == people
    assert sorted(one for person in people.persons for one in person.mention_ids) == sorted(
        one.mention_id for one in mentions
    )
    for person in people.persons:
        assert len({number.kind for number in person.numbers}) == len(person.numbers)


def test_persons_keep_their_id_when_later_papers_name_them():
    first = replace(mention(WITH_CMND), mention_id="a#1", entry_id="a")
    (before,) = people_of([first]).persons
    (after,) = people_of([first, mention(WITH_CMND)]).persons
    assert after.person_id == before.person_id


def invented(seed: int, couples: int) -> tuple[list[Mention], dict[str, int]]:
    """Couples with few names, so that namesakes abound, each on three papers of two parcels; and who is who."""
    chance = random.Random(seed)
    mentions: list[Mention] = []
    truth: dict[str, int] = {}

    def person(woman: bool) -> Owner:
        surname, given = (
            chance.choice(["Nguyễn", "Trần", "Lê", "Phạm"]),
            chance.choice(["An", "Bình", "Hà", "Hùng", "Lan", "Mai"]),
        )
        year = chance.randint(1935, 1990)
        return Owner(f"{surname} {'Thị' if woman else 'Văn'} {given}", "nu" if woman else "nam", year)

    def write(owners: list[Owner], ids: list[int], **where: str | None) -> None:
        entry = f"{chance.getrandbits(64):016x}"
        for place, (owner, number) in enumerate(zip(owners, ids, strict=True), start=1):
            beside = (other for other in owners if other is not owner)
            mentions.append(mention(owner, *beside, entry=entry, place=place, **where))
            truth[f"{entry}#{place}"] = number

    for number in range(0, 2 * couples, 2):
        man, wife = person(False), person(True)
        home = f"Thôn {chance.randint(1, 9)}, xã Tam Dân"
        for parcel in (f"k{number}a", f"k{number}b"):
            papers = [
                [replace(man, sex=None, birth_year=None)],
                [replace(one, id_kind="cmnd", id_no=f"205{number + at:06d}", address=home)
                 for at, one in enumerate((man, wife))],
                [replace(one, birth_year=None, id_kind="cc", id_no=f"049{at}{one.birth_year % 100:02d}{number:06d}")
                 for at, one in enumerate((man, wife))],
            ]  # fmt: skip
            for owners in papers:
                write(owners, [number, number + 1][: len(owners)], parcel=parcel)
    return mentions, truth


@pytest.mark.parametrize("seed", [3, 7919])
def test_among_many_namesakes_nobody_is_mixed_up_and_few_are_left_apart(seed: int) -> None:
    mentions, truth = invented(seed, couples=400)
    people = people_of(mentions)
    mixed = [one.person_id for one in people.persons if len({truth[name] for name in one.mention_ids}) > 1]
    assert mixed == []
    assert len(people.persons) <= 800 * 1.02


def test_nothing_is_no_one():
    assert people_of([]) == People((), (), ())


def test_keys_of_one_land_are_those_renumbered_or_moved_to_another_commune_for_sure():
    old, new, moved = (ParcelKey("20380", "299", "3", "125"), ParcelKey("20380", "2013", "12", "48"),
                       ParcelKey("20383", "2013", "12", "48"))  # fmt: skip
    part, guess = ParcelKey("20380", "2013", "12", "49"), ParcelKey("20380", "2013", "12", "50")
    links = [
        Link(old, new, "same", 0.99), Link(new, moved, "unit_change", 1.0), Link(old, part, "split", 0.99),
        Link(old, guess, "same", 0.7),
    ]  # fmt: skip
    assert same_land(links) == dict.fromkeys(map(str, (old, new, moved)), str(new))  # "…@2013/…" comes first
