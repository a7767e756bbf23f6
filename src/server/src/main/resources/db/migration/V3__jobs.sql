-- Jobs, their states, and the money of the privacy budget.

create table job (
    job_id         uuid primary key,
    party          text        not null,
    person         text        not null,
    department     text        not null,
    role           text        not null,
    collaboration  text        not null,
    job_request_id text        not null,
    request_hash   bytea       not null,
    type           text        not null,
    body           text        not null,
    bundle_hash    text        not null,
    dataset        text        not null,
    version        int         not null,
    state          text        not null,
    cause          text,
    event_id       uuid,
    cache_key      bytea       not null,
    answered_by    uuid references job,
    release        text,
    result         text,
    result_hash    text,
    release_event  uuid,
    created_at     timestamptz not null,
    expires_at     timestamptz,
    unique (party, collaboration, job_request_id)
);

create index job_queue on job (created_at) where state in ('QUEUED', 'RUNNING', 'RELEASE_CHECK');
create index job_of_party on job (party, job_id);
-- The answer cache: one merchant, one plan, one snapshot, one set of parameters.
create index job_answer on job (party, cache_key) where answered_by is null and state = 'SUCCEEDED';

create table job_state (
    job_id uuid        not null references job,
    seq    int         not null,
    state  text        not null,
    cause  text,
    at     timestamptz not null,
    primary key (job_id, seq)
);

create index job_state_at on job_state (at);

-- One row per (collaboration, dataset family, merchant or '*', month or 'LIFETIME'). The CHECKs are the last line: whatever
-- the code does, reserved + spent never passes the cap.
create table privacy_budget (
    collaboration         text   not null,
    dataset               text   not null,
    merchant              text   not null,
    period                text   not null,
    mode                  text   not null check (mode in ('ZCDP', 'PURE')),
    rho_micro_cap         bigint not null check (rho_micro_cap >= 0),
    rho_micro_reserved    bigint not null default 0 check (rho_micro_reserved >= 0),
    rho_micro_spent       bigint not null default 0 check (rho_micro_spent >= 0),
    delta_e18_cap         bigint not null check (delta_e18_cap >= 0),
    delta_e18_reserved    bigint not null default 0 check (delta_e18_reserved >= 0),
    delta_e18_spent       bigint not null default 0 check (delta_e18_spent >= 0),
    pure_epsilon_micro_cap      bigint not null check (pure_epsilon_micro_cap >= 0),
    pure_epsilon_micro_reserved bigint not null default 0 check (pure_epsilon_micro_reserved >= 0),
    pure_epsilon_micro_spent    bigint not null default 0 check (pure_epsilon_micro_spent >= 0),
    primary key (collaboration, dataset, merchant, period),
    check (rho_micro_reserved + rho_micro_spent <= rho_micro_cap),
    check (delta_e18_reserved + delta_e18_spent <= delta_e18_cap),
    check (pure_epsilon_micro_reserved + pure_epsilon_micro_spent <= pure_epsilon_micro_cap)
);

create table privacy_charge (
    id                 bigint generated always as identity primary key,
    job_id             uuid        not null references job,
    collaboration      text        not null,
    dataset            text        not null,
    merchant           text        not null,
    period             text        not null,
    rho_micro          bigint      not null check (rho_micro >= 0),
    delta_e18          bigint      not null check (delta_e18 >= 0),
    pure_epsilon_micro bigint      not null check (pure_epsilon_micro >= 0),
    state              text        not null check (state in ('RESERVED', 'SCANNING', 'SPENT', 'REFUNDED')),
    plan_digest        text        not null,
    snapshot           text        not null,
    created_at         timestamptz not null,
    ended_at           timestamptz,
    unique (job_id, dataset, merchant, period)
);

create index charge_of_row on privacy_charge (dataset, merchant, period);
