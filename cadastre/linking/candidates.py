"""Which lots are looked at as one parcel: the SQL by which DuckDB finds the pairs that are compared.

They read the tables of `lot_table`: `lots` (records), `given_places` (neighbours) and `follows` (successions).
"""

from __future__ import annotations

#: Pairs that one word proposes beyond this need an equal area beside it.
_MANY_PAIRS = 3000

#: What may be one parcel. A later lot never comes from another of its own series by these: divisions inside a series
#: are found by their notes and areas (`lineage`). Words that stand in very many lots need a like area beside them.
_LIKE_SIZES = ("area_class", "area_class + 1")  # a class is 2 % wide: of two like areas one lies in the next, at most
_WORDS = (
    "'n:' || unnest(names)",
    "'n:' || unnest(in_notes)",
    "'i:' || unnest(ids)",
    "'s:' || unnest(named)",
    *(f"'k:' || unnest(kin) || ':' || ({size})" for size in _LIKE_SIZES),
    *(f"'t:' || toponym || ':' || ({size})" for size in _LIKE_SIZES),
    *(f"'u:' || unnest(surnames) || ':' || ({size})" for size in _LIKE_SIZES),
    *(f"'a:' || ({size})" for size in _LIKE_SIZES),
)
_ALL_WORDS = " union all ".join(
    f"select number, scope, ord, unit, land, areas, {word} as word from lots" for word in _WORDS
)
#: The lots with what their neighbours tell: among it the places where one, two or more of them tell that a lot is.
PLACED = """
create or replace table placed as
    select lots.*, given_places.* exclude (number, line), on_lines.* exclude (number)
    from lots inner join given_places on given_places.number = lots.number
    left join (
        select
            number,
            list(place) as on_1_lines,
            list(place) filter (lines >= 2) as on_2_lines,
            list(place) filter (lines >= 4) as on_4_lines,
            list(place) filter (lines >= 6 and 2 * straight >= lines) as on_6_lines
        from (
            select number, place, count(*) as lines, count(*) filter (place = near) as straight
            from (
                select number, near, unnest(range(near - 1, near + 2)) as place
                from (select number, unnest(line) as near from given_places)
            )
            group by all
        )
        group by all
    ) as on_lines on on_lines.number = lots.number;
"""
#: Candidates by what the papers say: the same in every search among the same lots.
BY_WORDS = f"""
create or replace table words as {_ALL_WORDS};
create or replace table crowded as
    select scope, word from words group by all having count(*) * count(*) > 4 * {_MANY_PAIRS};
create or replace table by_words as
    select l.number as older, r.number as newer
    from words as l inner join words as r
        on
            l.scope = r.scope and l.word = r.word and l.number < r.number
            and (l.ord < r.ord or (l.ord = r.ord and l.unit <> r.unit))
    inner join follows as f on f.older = l.land and f.newer = r.land
    left join crowded as c on c.scope = l.scope and c.word = l.word
    where c.word is null or list_min(list_transform(l.areas,
        lambda a : list_min(list_transform(r.areas, lambda b : abs(a - b) / greatest(a, b))))) <= 0.03
    union select l.number, r.number
    from (select number, scope, unnest(olds) as old from lots) as r
    inner join lots as l on l.scope = r.scope and l.number <> r.number and r.old in (l.place, l.bare)
    inner join lots as o on o.number = r.number
    where l.ord < o.ord or (l.ord = o.ord and l.unit <> o.unit and l.number < o.number)
    union select l.number, r.number
    from lots as l
    inner join lots as r
        on r.scope = l.scope and l.place = r.place and l.unit <> r.unit and l.ord <= r.ord and l.number < r.number
    union select number, unnest(shape_near) from lots;
drop table words;
drop table crowded;
"""
#: Candidates by where the neighbours went too.
CANDIDATES = """
create or replace table found as
    select older, newer from by_words
    union select l.number, r.number
    from (select distinct number, scope, ord, unnest(range(near - 8, near + 9)) as place_no from (
        select number, scope, ord, unnest(near_places) as near from placed
    )) as l
    inner join lots as r on r.place_no = l.place_no and r.scope = l.scope and l.ord < r.ord
    union select l.number, r.number
    from (select number, scope, ord, unnest(on_1_lines) as place_no from placed) as l
    inner join lots as r on r.place_no = l.place_no and r.scope = l.scope and l.ord < r.ord
    union select l.number, r.number
    from (select number, scope, areas, unnest(near_sheets) as sheet, surnames from placed) as l
    inner join lots as r  -- what may be a part of it
        on
            r.sheet = l.sheet and r.scope = l.scope and l.number < r.number
            and list_has_any(l.surnames, r.surnames) and list_max(r.areas) < 0.8 * list_min(l.areas);
"""


#: The candidates whose communes may follow each other, and of them those whose papers have not been compared yet.
BLOCKED = """
create or replace table blocked as
    select distinct '0' as match_key, c.older as join_key_l, c.newer as join_key_r
    from found as c
    inner join lots as l on l.number = c.older
    inner join lots as r on r.number = c.newer
    inner join follows as f on f.older = l.land and f.newer = r.land
    where c.older < c.newer;
create or replace table not_compared as
    from blocked as b anti join by_papers as p on p.unique_id_l = b.join_key_l and p.unique_id_r = b.join_key_r;
"""
