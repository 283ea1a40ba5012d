"""The tables of the journal and of the application map, and how a file of an older version is brought to this one."""

from __future__ import annotations

VERSION = 3
"""Of the schema; `MIGRATIONS` lead from each version to the next."""

_RUNS = """
create table runs (id text primary key, started real not null, request text not null, goal text not null,
                   outcome text, why text not null default '', ms real not null default 0, owner text not null
                   default '');
create table steps (run text not null references runs(id) on delete cascade, seq integer not null, done text not null,
                    primary key (run, seq)) without rowid;
create table rollbacks (run text not null references runs(id) on delete cascade, seq integer not null, rollback text
not null,
                        primary key (run, seq)) without rowid;
create table intents (run text not null references runs(id) on delete cascade, seq integer not null, step text not null,
                      at real not null, primary key (run, seq)) without rowid;
"""
_STATES = """
create table states (app text not null, id text not null, name text not null, called text not null,
                     place text not null, address text not null, seen integer not null default 0,
                     picture text not null default '', primary key (app, id)) without rowid;
"""
_LOOKS = """
create table looks (app text not null, id text not null, state text not null, place text not null,
                    address text not null, features text not null, controls text not null default '',
                    primary key (app, id));
create index looks_at on looks (app, place, address);
create index looks_of on looks (app, state);
create index looks_with on looks (app, controls);
"""
_WAYS = """
create table transitions (app text not null, before text not null, step text not null, after text not null,
                          ok integer not null default 0, failed integer not null default 0, ms real not null default 0,
                          rate real not null default 1, act text not null default '',
                          barrier integer not null default 0, back text not null default '',
                          back_ms real not null default 0,
                          primary key (app, before, step, after)) without rowid;
"""
_ROUTES = """
create table routes (app text not null, kind text not null, route text not null, ok integer not null default 0,
                     failed integer not null default 0, ms real not null default 0,
                     primary key (app, kind, route)) without rowid;
"""
_ANCHORS = """
create table anchors (app text not null, address text not null, step text not null, anchor text not null,
                      primary key (app, address, step)) without rowid;
"""
_BATCHES = """
create table batches (id text primary key, started real not null, request text not null, digest text not null,
                      asked text not null, rows text not null, owner text not null default '');
create table batch_rows (batch text not null references batches(id) on delete cascade, row text not null,
                         number integer not null, run text not null, outcome text, why text not null default '',
                         primary key (batch, row)) without rowid;
create index batch_rows_of on batch_rows (run);
"""
SCHEMA = _RUNS + _STATES + _LOOKS + _WAYS + _ROUTES + _ANCHORS + _BATCHES

MIGRATIONS: dict[int, str] = {
    1: f"""
alter table states rename to states_1;
alter table transitions rename to transitions_1;
{_STATES}{_LOOKS}{_WAYS}{_ROUTES}
insert into states (app, id, name, called, place, address, seen, picture)
    select app, id, name, name, 'web', address, seen, picture from states_1;
insert into looks (app, id, state, place, address, features)
    select app, id, id, 'web', address, features from states_1;
insert into transitions (app, before, step, after, ok, failed, ms, rate)
    select app, before, step, after, ok, failed, ms, 1.0 * ok / max(1, ok + failed) from transitions_1;
drop table states_1;
drop table transitions_1;
""",
    2: _ANCHORS + _BATCHES,
}
"""From version 1: states were known by one look, ways by their words only. From 2: targets were not remembered, there
were no batches."""
