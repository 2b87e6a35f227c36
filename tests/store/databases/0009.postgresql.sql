CREATE TABLE public.acknowledgement (
    id integer NOT NULL,
    event_id character varying NOT NULL,
    person integer NOT NULL,
    at timestamp without time zone NOT NULL,
    note text NOT NULL,
    reopened_at timestamp without time zone,
    reopened_by integer
);
CREATE SEQUENCE public.acknowledgement_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.acknowledgement_id_seq OWNED BY public.acknowledgement.id;
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.api_key (
    id integer NOT NULL,
    person integer NOT NULL,
    name character varying NOT NULL,
    key_hash character varying NOT NULL,
    last_four character varying NOT NULL,
    created_at timestamp without time zone NOT NULL,
    revoked_at timestamp without time zone,
    last_used_at timestamp without time zone
);
CREATE SEQUENCE public.api_key_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.api_key_id_seq OWNED BY public.api_key.id;
CREATE TABLE public.audit (
    "position" integer NOT NULL,
    at timestamp without time zone NOT NULL,
    person integer,
    what character varying NOT NULL,
    about text NOT NULL
);
CREATE SEQUENCE public.audit_position_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.audit_position_seq OWNED BY public.audit."position";
CREATE TABLE public.authority_list (
    name character varying NOT NULL,
    authorities text NOT NULL,
    created_at timestamp without time zone NOT NULL
);
CREATE TABLE public.correction (
    "position" integer NOT NULL,
    location_id character varying NOT NULL,
    reader integer NOT NULL,
    noted_at timestamp without time zone NOT NULL,
    line text NOT NULL
);
CREATE SEQUENCE public.correction_position_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.correction_position_seq OWNED BY public.correction."position";
CREATE TABLE public.disagreement (
    location_id character varying NOT NULL,
    since timestamp without time zone NOT NULL,
    seen_at timestamp without time zone NOT NULL,
    lines text NOT NULL
);
CREATE TABLE public.escalation (
    event_id character varying NOT NULL,
    watchlist character varying NOT NULL,
    reason character varying NOT NULL,
    since timestamp without time zone NOT NULL,
    settled_at timestamp without time zone,
    message_id character varying
);
CREATE TABLE public.event (
    "position" integer NOT NULL,
    id character varying NOT NULL,
    location_id character varying NOT NULL,
    observed_at timestamp without time zone NOT NULL,
    body text NOT NULL,
    kind character varying
);
CREATE SEQUENCE public.event_position_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.event_position_seq OWNED BY public.event."position";
CREATE TABLE public.evidence (
    digest character varying NOT NULL,
    url text NOT NULL,
    content_type character varying,
    fetched_at timestamp without time zone NOT NULL,
    body bytea NOT NULL,
    removed_at timestamp without time zone
);
CREATE TABLE public.feed (
    name character varying NOT NULL,
    read_until timestamp without time zone,
    read_at timestamp without time zone,
    read_back_at timestamp without time zone,
    next_poll_at timestamp without time zone,
    heard_at timestamp without time zone
);
CREATE TABLE public.feed_key (
    watchlist character varying NOT NULL,
    person integer NOT NULL,
    key_hash character varying NOT NULL,
    created_at timestamp without time zone NOT NULL
);
CREATE TABLE public.feed_named (
    day date NOT NULL,
    location_id character varying NOT NULL
);
CREATE TABLE public.former_subscription (
    id integer NOT NULL,
    key character varying NOT NULL,
    subscription_id integer NOT NULL
);
CREATE TABLE public.message (
    id character varying NOT NULL,
    kind character varying NOT NULL,
    address text NOT NULL,
    address_key character varying NOT NULL,
    body text NOT NULL,
    created_at timestamp without time zone NOT NULL,
    state character varying NOT NULL,
    attempts integer NOT NULL,
    parts_done integer NOT NULL,
    parts_digest character varying,
    next_attempt_at timestamp without time zone NOT NULL,
    leased_until timestamp without time zone,
    reply text,
    sent_at timestamp without time zone,
    leased_by character varying,
    operator_told_at timestamp without time zone,
    said text
);
CREATE TABLE public.notice (
    id integer NOT NULL,
    event_id character varying,
    subscription_id integer NOT NULL,
    due_at timestamp without time zone NOT NULL,
    urgent boolean NOT NULL,
    message_id character varying,
    kind character varying DEFAULT 'event'::character varying NOT NULL
);
CREATE SEQUENCE public.notice_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.notice_id_seq OWNED BY public.notice.id;
CREATE TABLE public.overview (
    location_id character varying NOT NULL,
    name text NOT NULL,
    name_key text NOT NULL,
    search text NOT NULL,
    service_type text,
    place text,
    postcode text,
    provider_name text,
    overall character varying,
    safe character varying,
    effective character varying,
    caring character varying,
    responsive character varying,
    well_led character varying,
    groups integer NOT NULL,
    measures character varying,
    archived boolean NOT NULL,
    changed_at timestamp without time zone,
    change character varying
);
CREATE TABLE public.page (
    location_id character varying NOT NULL,
    url character varying NOT NULL,
    "position" integer NOT NULL,
    etag text,
    last_modified character varying,
    fingerprint character varying NOT NULL,
    digest character varying NOT NULL,
    reading text NOT NULL,
    fetched_at timestamp without time zone NOT NULL,
    reader integer DEFAULT 0 NOT NULL
);
CREATE TABLE public.person (
    id integer NOT NULL,
    email character varying NOT NULL,
    role character varying NOT NULL,
    invited_by integer,
    created_at timestamp without time zone NOT NULL,
    ended_at timestamp without time zone
);
CREATE SEQUENCE public.person_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.person_id_seq OWNED BY public.person.id;
CREATE TABLE public.register (
    location_id character varying NOT NULL,
    name text NOT NULL,
    name_key text NOT NULL,
    search text NOT NULL,
    also_known_as text,
    address text,
    postcode character varying,
    latitude double precision,
    longitude double precision,
    authority text,
    region text,
    types text NOT NULL,
    specialisms text NOT NULL,
    sector character varying NOT NULL,
    beds integer,
    provider_id character varying,
    provider_name text,
    brand text,
    registered_on date,
    overall character varying,
    safe character varying,
    effective character varying,
    caring character varying,
    responsive character varying,
    well_led character varying,
    groups text,
    published date,
    first_listed_on date NOT NULL,
    listed_on date NOT NULL,
    left_on date
);
CREATE TABLE public.register_file (
    id integer NOT NULL,
    kind character varying NOT NULL,
    name text NOT NULL,
    as_of date NOT NULL,
    imported_at timestamp without time zone NOT NULL,
    locations integer NOT NULL,
    ratings integer NOT NULL,
    joined integer NOT NULL,
    "left" integer NOT NULL,
    url text,
    etag text,
    last_modified character varying,
    digest character varying NOT NULL
);
CREATE SEQUENCE public.register_file_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.register_file_id_seq OWNED BY public.register_file.id;
CREATE TABLE public.register_history (
    location_id character varying NOT NULL,
    as_of date NOT NULL,
    listed boolean NOT NULL,
    name text NOT NULL,
    authority text,
    region text,
    types text NOT NULL,
    sector character varying NOT NULL,
    beds integer,
    provider_id character varying,
    provider_name text,
    brand text,
    registered_on date,
    overall character varying,
    safe character varying,
    effective character varying,
    caring character varying,
    responsive character varying,
    well_led character varying,
    published date
);
CREATE TABLE public.rule (
    watchlist character varying NOT NULL,
    body text NOT NULL,
    created_at timestamp without time zone NOT NULL,
    applied_at timestamp without time zone,
    file integer
);
CREATE TABLE public.service (
    location_id character varying NOT NULL,
    seq integer NOT NULL,
    suspicions text NOT NULL,
    added_at timestamp without time zone NOT NULL,
    next_look_at timestamp without time zone NOT NULL,
    looked_at timestamp without time zone,
    read_at timestamp without time zone,
    read_through_at timestamp without time zone,
    whole boolean NOT NULL,
    grave boolean NOT NULL,
    failures integer NOT NULL,
    trouble text,
    leased_by character varying,
    blind character varying,
    blind_since timestamp without time zone,
    named_at timestamp without time zone,
    witnessed_at timestamp without time zone,
    vouched_at timestamp without time zone,
    reread_at timestamp without time zone,
    asked_whole_at timestamp without time zone
);
CREATE TABLE public.session (
    token_hash character varying NOT NULL,
    person integer NOT NULL,
    browser character varying NOT NULL,
    created_at timestamp without time zone NOT NULL,
    expires_at timestamp without time zone NOT NULL,
    revoked_at timestamp without time zone
);
CREATE TABLE public.sign_in_link (
    token_hash character varying NOT NULL,
    email character varying NOT NULL,
    client character varying,
    next text,
    created_at timestamp without time zone NOT NULL,
    expires_at timestamp without time zone NOT NULL,
    used_at timestamp without time zone
);
CREATE TABLE public.site (
    name character varying NOT NULL,
    free_at timestamp without time zone,
    blind_since timestamp without time zone,
    reason text,
    pauses integer NOT NULL,
    leave_alone_until timestamp without time zone,
    told boolean DEFAULT false NOT NULL,
    over_at timestamp without time zone
);
CREATE TABLE public.snapshot (
    location_id character varying NOT NULL,
    seq integer NOT NULL,
    seen_at timestamp without time zone NOT NULL,
    body text NOT NULL
);
CREATE TABLE public.subscription (
    id integer NOT NULL,
    watchlist character varying NOT NULL,
    address text NOT NULL,
    address_key character varying NOT NULL,
    "when" character varying NOT NULL,
    at character varying NOT NULL,
    day character varying NOT NULL,
    created_at timestamp without time zone NOT NULL,
    still_watching boolean DEFAULT false NOT NULL,
    next_sign_at timestamp without time zone,
    owner integer,
    paused_until timestamp without time zone,
    confirmed_at timestamp without time zone,
    left_out text DEFAULT '[]'::text NOT NULL
);
CREATE SEQUENCE public.subscription_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.subscription_id_seq OWNED BY public.subscription.id;
CREATE TABLE public.switched_off (
    scope character varying NOT NULL,
    address text NOT NULL,
    since timestamp without time zone NOT NULL,
    reason text NOT NULL,
    next_test_at timestamp without time zone NOT NULL
);
CREATE TABLE public.told (
    "position" integer NOT NULL,
    message_id character varying NOT NULL,
    kind character varying NOT NULL,
    address text NOT NULL,
    became character varying NOT NULL,
    at timestamp without time zone NOT NULL,
    reply text,
    body text NOT NULL
);
CREATE SEQUENCE public.told_position_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.told_position_seq OWNED BY public.told."position";
CREATE TABLE public.watch (
    watchlist character varying NOT NULL,
    location_id character varying NOT NULL,
    added_at timestamp without time zone NOT NULL,
    by_rule boolean DEFAULT false NOT NULL,
    followed_from character varying
);
CREATE TABLE public.watchlist (
    name character varying NOT NULL,
    owner integer,
    second_address text,
    created_at timestamp without time zone NOT NULL
);
CREATE TABLE public.worker (
    id character varying NOT NULL,
    host character varying NOT NULL,
    pid integer NOT NULL,
    started_at timestamp without time zone NOT NULL,
    alive_until timestamp without time zone NOT NULL
);
ALTER TABLE ONLY public.acknowledgement ALTER COLUMN id SET DEFAULT nextval('public.acknowledgement_id_seq'::regclass);
ALTER TABLE ONLY public.api_key ALTER COLUMN id SET DEFAULT nextval('public.api_key_id_seq'::regclass);
ALTER TABLE ONLY public.audit ALTER COLUMN "position" SET DEFAULT nextval('public.audit_position_seq'::regclass);
ALTER TABLE ONLY public.correction ALTER COLUMN "position" SET DEFAULT nextval('public.correction_position_seq'::regclass);
ALTER TABLE ONLY public.event ALTER COLUMN "position" SET DEFAULT nextval('public.event_position_seq'::regclass);
ALTER TABLE ONLY public.notice ALTER COLUMN id SET DEFAULT nextval('public.notice_id_seq'::regclass);
ALTER TABLE ONLY public.person ALTER COLUMN id SET DEFAULT nextval('public.person_id_seq'::regclass);
ALTER TABLE ONLY public.register_file ALTER COLUMN id SET DEFAULT nextval('public.register_file_id_seq'::regclass);
ALTER TABLE ONLY public.subscription ALTER COLUMN id SET DEFAULT nextval('public.subscription_id_seq'::regclass);
ALTER TABLE ONLY public.told ALTER COLUMN "position" SET DEFAULT nextval('public.told_position_seq'::regclass);
INSERT INTO public.acknowledgement VALUES (1, '529c5bdc075fddcc', 2, '2026-11-29 05:19:49.436656', 'We visit tomorrow.', NULL, NULL);
INSERT INTO public.alembic_version VALUES ('0009');
INSERT INTO public.api_key VALUES (1, 2, 'the dashboard', '75f88c04645a33539eb7e106aba0b8693956dde7d42368baa54f6aad530cdb48', 'T7Hk', '2026-11-19 05:19:40', NULL, NULL);
INSERT INTO public.audit VALUES (1, '2026-11-19 05:19:40', NULL, 'invited', 'operator@council.example as operator');
INSERT INTO public.audit VALUES (2, '2026-11-19 05:19:40', 1, 'invited', 'editor@council.example as editor');
INSERT INTO public.audit VALUES (3, '2026-11-19 05:19:40', 1, 'invited', 'left@council.example as reader');
INSERT INTO public.audit VALUES (4, '2026-11-19 05:19:40', 2, 'signed in with', 'Firefox');
INSERT INTO public.audit VALUES (5, '2026-11-19 05:19:40', 1, 'ended the access of', 'left@council.example');
INSERT INTO public.audit VALUES (6, '2026-11-19 05:19:40', 2, 'made API key', 'the dashboard (…T7Hk)');
INSERT INTO public.audit VALUES (7, '2026-11-19 05:19:40', 2, 'made feed of watchlist', 'Leeds');
INSERT INTO public.audit VALUES (8, '2026-11-19 05:19:40', 1, 'gave watchlist to', 'Leeds: editor@council.example');
INSERT INTO public.audit VALUES (9, '2026-11-19 05:19:40', 1, 'changed second address of watchlist', 'Leeds');
INSERT INTO public.audit VALUES (10, '2026-11-19 05:19:40', 1, 'invited', 'no-reports@council.example as reader');
INSERT INTO public.audit VALUES (11, '2026-11-19 05:19:40', 4, 'subscribed', 'no-reports@council.example to Leeds');
INSERT INTO public.audit VALUES (12, '2026-11-19 05:19:40', 1, 'invited', 'few@council.example as reader');
INSERT INTO public.audit VALUES (13, '2026-11-19 05:19:40', 5, 'subscribed', 'few@council.example to Leeds');
INSERT INTO public.audit VALUES (14, '2026-11-19 05:19:40', 1, 'invited', 'paused@council.example as reader');
INSERT INTO public.audit VALUES (15, '2026-11-19 05:19:40', 6, 'subscribed', 'paused@council.example to Care at home');
INSERT INTO public.audit VALUES (16, '2026-11-19 05:19:40', 1, 'invited', 'all@council.example as reader');
INSERT INTO public.audit VALUES (17, '2026-11-19 05:19:40', 7, 'subscribed', 'all@council.example to Care at home');
INSERT INTO public.audit VALUES (18, '2026-11-19 05:19:40', 1, 'invited', 'scores@council.example as reader');
INSERT INTO public.audit VALUES (19, '2026-11-19 05:19:40', 8, 'subscribed', 'scores@council.example to Care at home');
INSERT INTO public.audit VALUES (20, '2026-11-19 05:19:40', 1, 'invited', 'none@council.example as reader');
INSERT INTO public.audit VALUES (21, '2026-11-19 05:19:40', 9, 'subscribed', 'none@council.example to Care at home');
INSERT INTO public.audit VALUES (22, '2026-11-19 05:19:40', 2, 'subscribed', 'unconfirmed@council.example to Leeds');
INSERT INTO public.audit VALUES (23, '2026-11-19 05:19:40', 6, 'paused the subscription of', 'paused@council.example to Care at home');
INSERT INTO public.audit VALUES (24, '2026-11-29 05:19:40', 1, 'made rule of watchlist', 'By rule: All services in Leicestershire; 4 joined, 0 left');
INSERT INTO public.audit VALUES (25, '2026-11-29 05:19:49.436656', 2, 'acknowledged', '1-1000000004: downgraded: We visit tomorrow.');
INSERT INTO public.authority_list VALUES ('Neighbours', '["Leicester", "Rutland"]', '2026-11-29 05:19:40');
INSERT INTO public.disagreement VALUES ('1-1000000002', '2026-11-29 05:19:40', '2026-11-29 05:19:40', '["overall: the page says Inadequate, the API says Requires improvement"]');
INSERT INTO public.escalation VALUES ('529c5bdc075fddcc', 'Care at home', 'paused', '2026-11-29 05:19:49.336976', NULL, NULL);
INSERT INTO public.escalation VALUES ('16a75f3bf080762e', 'Care at home', 'unacknowledged', '2026-11-29 05:19:49.336976', NULL, NULL);
INSERT INTO public.escalation VALUES ('16a75f3bf080762e', 'Leeds', 'unacknowledged', '2026-11-29 05:19:49.336976', NULL, NULL);
INSERT INTO public.escalation VALUES ('16a75f3bf080762e', 'Care at home', 'paused', '2026-11-29 05:19:49.336976', NULL, NULL);
INSERT INTO public.escalation VALUES ('529c5bdc075fddcc', 'Care at home', 'unacknowledged', '2026-11-29 05:19:49.336976', '2026-11-29 05:19:49.436656', NULL);
INSERT INTO public.escalation VALUES ('529c5bdc075fddcc', 'Leeds', 'unacknowledged', '2026-11-29 05:19:49.336976', '2026-11-29 05:19:49.436656', NULL);
INSERT INTO public.event VALUES (1, '29acb6e3331afeee', '1-1000000003', '2026-11-29 05:19:48.13973', '{"id":"29acb6e3331afeee","location_id":"1-1000000003","name":"Hollins View","kind":"downgraded","group":null,"of":"overall","from_":"good","to":"requires improvement","published":"2026-10-13","observed_at":"2026-11-29T05:19:48.139730Z","quote":null,"evidence":"f2152b32eab98d09c70c0d0a249346783189387787812e2b61549b2f2f06d752","rests_on":"page","read_late":false,"stood_since":null}', 'downgraded');
INSERT INTO public.event VALUES (2, 'f20c1ed2f5da8d53', '1-1000000003', '2026-11-29 05:19:48.13973', '{"id":"f20c1ed2f5da8d53","location_id":"1-1000000003","name":"Hollins View","kind":"downgraded","group":null,"of":"safe","from_":"good","to":"requires improvement","published":"2026-10-13","observed_at":"2026-11-29T05:19:48.139730Z","quote":null,"evidence":"f2152b32eab98d09c70c0d0a249346783189387787812e2b61549b2f2f06d752","rests_on":"page","read_late":false,"stood_since":null}', 'downgraded');
INSERT INTO public.event VALUES (3, '3b7cfc4525ad2603', '1-1000000003', '2026-11-29 05:19:48.13973', '{"id":"3b7cfc4525ad2603","location_id":"1-1000000003","name":"Hollins View","kind":"report published","group":null,"of":null,"from_":null,"to":null,"published":"2026-10-13","observed_at":"2026-11-29T05:19:48.139730Z","quote":null,"evidence":"f2152b32eab98d09c70c0d0a249346783189387787812e2b61549b2f2f06d752","rests_on":"page","read_late":false,"stood_since":null}', 'report published');
INSERT INTO public.event VALUES (4, '529c5bdc075fddcc', '1-1000000004', '2026-11-29 05:19:49.336976', '{"id":"529c5bdc075fddcc","location_id":"1-1000000004","name":"Brookside ‘Homecare’","kind":"downgraded","group":null,"of":"overall","from_":"good","to":"inadequate","published":"2026-10-20","observed_at":"2026-11-29T05:19:49.336976Z","quote":null,"evidence":"596c7fc764752878c222f45b672fcb71c899b12ea6ea89479412386a93c4e743","rests_on":"page","read_late":false,"stood_since":null}', 'downgraded');
INSERT INTO public.event VALUES (5, '16a75f3bf080762e', '1-1000000004', '2026-11-29 05:19:49.336976', '{"id":"16a75f3bf080762e","location_id":"1-1000000004","name":"Brookside ‘Homecare’","kind":"entered special measures","group":null,"of":null,"from_":null,"to":null,"published":"2026-10-20","observed_at":"2026-11-29T05:19:49.336976Z","quote":"This service is being placed in special measures.","evidence":"596c7fc764752878c222f45b672fcb71c899b12ea6ea89479412386a93c4e743","rests_on":"page","read_late":false,"stood_since":null}', 'entered special measures');
INSERT INTO public.event VALUES (6, '77118ef83558c65a', '1-1000000004', '2026-11-29 05:19:49.336976', '{"id":"77118ef83558c65a","location_id":"1-1000000004","name":"Brookside ‘Homecare’","kind":"downgraded","group":null,"of":"safe","from_":"good","to":"inadequate","published":"2026-10-20","observed_at":"2026-11-29T05:19:49.336976Z","quote":null,"evidence":"596c7fc764752878c222f45b672fcb71c899b12ea6ea89479412386a93c4e743","rests_on":"page","read_late":false,"stood_since":null}', 'downgraded');
INSERT INTO public.event VALUES (7, '6f8e4058c4ea298a', '1-1000000004', '2026-11-29 05:19:49.336976', '{"id":"6f8e4058c4ea298a","location_id":"1-1000000004","name":"Brookside ‘Homecare’","kind":"downgraded","group":null,"of":"well-led","from_":"good","to":"inadequate","published":"2026-10-20","observed_at":"2026-11-29T05:19:49.336976Z","quote":null,"evidence":"596c7fc764752878c222f45b672fcb71c899b12ea6ea89479412386a93c4e743","rests_on":"page","read_late":false,"stood_since":null}', 'downgraded');
INSERT INTO public.event VALUES (8, 'edeb4152ba75f0e6', '1-1000000004', '2026-11-29 05:19:49.336976', '{"id":"edeb4152ba75f0e6","location_id":"1-1000000004","name":"Brookside ‘Homecare’","kind":"report published","group":null,"of":null,"from_":null,"to":null,"published":"2026-10-20","observed_at":"2026-11-29T05:19:49.336976Z","quote":null,"evidence":"596c7fc764752878c222f45b672fcb71c899b12ea6ea89479412386a93c4e743","rests_on":"page","read_late":false,"stood_since":null}', 'report published');
INSERT INTO public.event VALUES (9, '29effac3905567d4', '1-1000000005', '2026-11-29 05:19:49.734945', '{"id":"29effac3905567d4","location_id":"1-1000000005","name":"Netherby Care at Home","kind":"score fell","group":null,"of":"safe","from_":75,"to":66,"published":"2025-04-02","observed_at":"2026-11-29T05:19:49.734945Z","quote":null,"evidence":"09cb40fd6121b95378d5a2a2de6c880b38d28ca231623fd53319ceadd9a6a58f","rests_on":"page","read_late":false,"stood_since":null}', 'score fell');
INSERT INTO public.evidence VALUES ('f2152b32eab98d09c70c0d0a249346783189387787812e2b61549b2f2f06d752', 'https://www.cqc.example/location/1-1000000003', 'text/html; charset=utf-8', '2026-11-29 05:19:48.123301', '\x789ccd586d6fdb3610fede5f7153bf6c4055598e6b27992d206f4bdb39715edaa6ed30049448598425512129bbeea7fe8cedeff597ec4e2f899339cb5ab4408320a2c8e3ddf1eeb987a70c7fda9fecbd7a77720089cdd2e0d1901e90b27c3a7244ee1eee3a342718c747262c832861da083b724a1bbb9bb46aa54d45f05ca5a9cc0dbc9162012eec312de0b464a9b44bd85359268d912a1f7ab574a32c6799183991d1b16bd54ce40e442ab72247f58bd9567171119e16bbfcea68fcae98bf3c5fecf7f5d5abd0edef7fd8bd20cb26d2b2b090ab3c4235e3cbc3a3dfbb6fc3cd37e96932de3c9d7d3c3d7d79bcff7ef2db7822f63b732798330da9988a9cc308fe7026a53596e55ce653e70938874a717a9e89ab526a61406685567391a13f34ff22671c979815ce9fbf0ebdda387ae135e109155f36c1121a070c122de291f33863327782f3992cc02aa0b7f698438fa160ac74062cb2189f91e319c174943820f9c8a9c72e09d07953168a3438af2601278181117a2e2301439917a56d027ae50443af167ed42cd865810b89e49ca25c8b91dacbb09429bf94dc81394bcb66d6ddfbf8727af266a29fefbe1fef1c2d0e5ebf9bb1f0edd9b1e0a1bf530a46de782489cf9ccd83619906c35406d787f62204809ba84c1827a8c0508de9c0e89abc234c6bb4c14118d5a37b054d212d4b0d4936c37b44b98aacd228b85f0fee13c334486349ae19dd23382d25670834ca864bc0909866dc76d8cc5709b99ebf47495186a98c18a51ab79eacbcdd6cf028961e45b5c15685a60a3684890a4d10a5cc989133a76aa33f2e57992bb9bbd519f4bb9d38668328dc629b9dce207a16f644bcb9b5d10f45e40fc2be3ff03706bd6e2c0683886df63637221ec57ee887acdb1b5062cbb4556f4413433a459545ca4f9becebb4aefadd8eb010fc5ba48067f171b6687563656996a64e30a907dbb0aef06025f7222d5cc609ee9ec6a0e553744c637c2053e8080b15e21cad15a22a256864eac016643af0bb30d1c4601cc62c174fe058d844e870f904c602f51a8ba94bd0077c3ff0c1dfd9b9b16f45bafd73c7f7fbbf406fab0f1dbfbbe1047726566d9dd450e0800c03bacc215c6e376b6d08ec42b9914a2f2f2b5274dd45a25c94346e53d5ce2a721a6479beeb77fc7e077f7c2c02a6ed42a469cdb76399492bf8aa1767622ae954e80786c48723b6846ec7efd5eb4937386ba384e37a43a1b4850aa826117c1bfc0d98200c42a17167b75fefbcc1481d6617a56d859335f39797e856b67a9a54d5b0af4ed3fc6c7837c9734d99654c2f1f1b166318cef12f9d0a86a660f95a0b157b39c13a0c2157e3aeeb72fcb60e8a38a69939da3e6887ffcf55ba6fbeab6bc8a374b5519de2f307710a735320dd55013bbb1eff20ce5129a5823bc1050edcb42ea5aff0ab26c0e22b5ca0a020a335e408cd6cdd273ca04c57958b9c782e900d71733371430758e23b38ffe2da6a5bf6a6a1ccbbbc14a2a599f35f94c5a91d0a7c38170506fd364714c17e49c8c336452337cb5cacd0732b72210071aa251114f237067a85c2555c1d244684c04c2ce1aa448a26bf9fd6dbbf36bc48fa4d74eac87a4d00be4128ba48b1d49e611836be200c274215a98005323526bd20d73022e1126612af0f6c53e318f07a80598e173eba9f0161f529bc4aea2b1816cca06302e347f74d7527cc3027df2f50cce0755483ea183b5274b5b9b55a50fdab255c671befb0f6467eae4a236a3355295df7052b7dfa9dea7f4079d709c655320ee92a58a7faa6a7ff32cd3d27d8d54acd2806f0f9d35f6ddbfaf9d3dfebccac21ae070c3c7382b637a9ef7666ebdeeb9b68ef3bc1ebbc6a9dee0dfa5a4ea3645f24e88a2a75db5f4186a06b52ce5184dbe056c2f07dc87940406d3f56a4814268fa7ca0b2101f22042a7a88769735ac7117af34d55e3ca8a2823be13e13829caafc131f08d3ace58b46e3fa0661bd855cd9552b5861b521dc6cc124aa4c79536d9030a428ab70029712b5a047561adb9ab9716015720f1e2c641c6372cb06c3efe4e66b11d8143f06d0089529ee3244991a7fa72c97a63a392e61baa8a9448f1a273c4eb793d716b0475f14f8fcc9759b9cde2a3970ddea1b556117192053ddfb65bf7addb10879c0c850929413ecacbed6f751a310cd37dfcd5ef50f887f00266f919f', NULL);
INSERT INTO public.evidence VALUES ('596c7fc764752878c222f45b672fcb71c899b12ea6ea89479412386a93c4e743', 'https://www.cqc.example/location/1-1000000004', 'text/html; charset=utf-8', '2026-11-29 05:19:49.310559', '\x789ccd586d6fdb3610fede5fc1aa5f36a0aa2cdb71d2ce1190f4c529fa92d449176cc36050e2c9e24c898a48c5f5b7fe8cedeff597ec4ea21227b597b5688106414451c7bbe3dd730f8f19df7f76fcf4ecb793e72cb3b98aee8de9c1142fe6fb1e14fee4d0a339e0021f3958ce928c5706ecbe57dbd4dfa3af565a05d161a5f5c24801ecd3c7bf8f740e09afe0d3c77f98cf9ee288bdabb99276c59eea3c97c6485d8c8376a5535cf01cf6bdc454a96ff5020a8f25bab050a0a9c95966fb30d0b3778f47e670b19c8490beaf96d3a7a5ba787f767a445e98a492a565852e1254331aa6d39df934ce2e5ef59e9f5cc8c96c5e4ea7e77fed1c1d899d836ce64597bc620ae65008b6cffef08e6b6b2c2f842ce6de43e64db416f49cc2452d2b304ce665a52f21477f68fe65c1057ee216bc3f7f1907ad71f42270a18ab558b9c0418503ceb20ad27def41ce65e145a70b5932ab19bd75db1c071c05535de58c2716e3b3ef05067895641e9362df6bc73e09d07e158f4145a7cd24c349c69981ea5226c0c6b2286beb027ae145e3a015bee73ed855891f32290445b91523b5b3b8964acca4f0d82557b59bf50793c3e2e0c5abc59bd3b787c564fa62b1a7176f5e9c86cf7eff30eaf9bb07e44d4092f82cf86534ae55345632bada744050f033c484f1a2060ccd98368caec95bc299c38e177528da2a684a69b93224e9865b44854eacae50f0593bd826866990c6929c1b6d119cd75270041a65c3276020ee49fdc4cd3709b99adfa2a4ac6325134ea9c6a5276b6fd70b028a65405175d86ad0d4c08630d1a089258a1bb3ef5d4a5832fae30b9dfb52f83184a3fe60d4db857010c7820f1ef70629eff1bd5d114392ec8a341d0d453c0cb9d8eb430c3bbbbb43fceded00c070b8cb29b1b5ead41b7031a45d3459a4fc74c9be4aebbadfdd080b21dc4a10b8af1025cace0e5659c595f2a2e376f0845d171b5bcb3ea8d2e782001f5418b6628eae551821966b7485c71a912e0b5342534cccc9b4a12dc96014f6d971457c26d86b5ec043f6166c0655bc7ac85e03ea3516939761f9e3fbf390850707d7f62da8273ff5c270f4331b3e1eb15ed81f78d1ad89755b272d1804438e61555db078f5c47deb366e97da4fb49acd1a5af4fd65a67d9434beab6b6f1d3b0e5b41e887bd70d4c39f10cb805776094ab58cfb5ae6d28258f7620a7349bb423f3024217bc357acdf0b87edf7ac1f4dbb28e1b85d50eacab206aa2603f104c5d9310221860a87fd51bbf21a256d987d94b60d5236cccf66e856bebe1ba55be037bb713fc3e03a79bea9f39c57ab0786a7188653fc4bbb626353f262a38586bfbce81a39c8d1287b5586dfd62d48539ab9448bcfbbe1ff7390ce99efea1a16191d69549ff8fc419cc203b5449a6b0236bd1aff20ce510129105e748e035fb505f4d5506be9affc0a472834c8668e0e999b6dbb843b94554dd5221f9e0232212e7613d75480e57d80f32fafac76256f1c5ddee6a4182d2dbcffa22b41cd50b4c74ea1c4d0dfe487327a5613feb049a9909765016bd4dc899c0343b45692c809b91bc3bd46df3a6d3692224ed80256eca2467a26bf1f75cbcf3269ae5a201cc640064bc5135488e725a9925cb11cb8a911818fd85906c86c55a90d90fedb02a4047b3428e88dd98cdb4ebd71673b1990d787131d68ccc87921533cc90bab565ddbe89cfc5a0ce0a9e452d8a63f7059fa06f9eae319401d24e66af005b93a015d2a604ba01dd725b986518e576c21f17cc34e3a4d199e5f6c51604f82eee78ccaaa0d3975096cc90d3a0698643a109b436b81c0f97e81e2d47ab4c87f8b4d33bada25d321ffb3ae75936d3c64bb96e148d7065a334dbd5fb52b6b57895b447587f2be17bd6e923121cc6c52bdf53cbb43f3805a64a5306eec576c1037a9de74d3f932233b5ed435506d038205d3b4881bac6d60f13bb48fbce87dd1f4775b03ff99d2a60bc5e49e53edeabaea9a402af1c2a55da088b0d18da4e1fb588888c0ba4628255474cba1d2800f0982153d44bbab16dab84a349a5a2fee54d1409eb09f0390538d7ff08170cd3b62731a37a766b38542db752b5865ad215c8cf495e95a0957712ce3c8a556e3047ecaf4921e796dec1a693907d66177e7c6622e3026376c70bccebb4b2de373bcb3a0112a555c6588db2bfc9df3429a66e72dd552e78b1e39270241c768d0157140171f7cdef77d97d31b65c77cbfb94a6b6c752364abadff80583f9779825c60642c49ca8b0ed65fdb83d32944f3ee7a1f34ff33f9172cb8d504', NULL);
INSERT INTO public.evidence VALUES ('09cb40fd6121b95378d5a2a2de6c880b38d28ca231623fd53319ceadd9a6a58f', '/location/1-1000000005/reports/AP2001/safe', 'text/html; charset=utf-8', '2026-11-29 05:19:49.689123', '\x789cb556db6edb46107df7574cd8971608434ab22c299508d88e2dbbb063c78ee33645112cc9a1b9f07297e62e29e8adffd03fec977486a414a78dd027bf686f672e3be7ec50f357efae8e3ffe767d02b92b54b437e70194d00f0b0fb5bf3cf2780f454a43814e40928bcaa25b78b5cbfc299f3ae91446efd1e558c56b381615827070660a041f0ead456b0bd46e1e74c8de9116052ebcc45699efcc236a0f12a31de1169ec59b8be2e2c8e0dda59fd4958ac3fc7e7d9dd469fabe38b9283f71549b54b274a08d4ec8cd49237f3d3fff501f4d9767ce3ff8fcd95fae2edf4def7e5127e3b018a01735a202850fa85358c0efde55edac133a95fac17b0dded29894c71b7caa658516645156a641ce9bf7cfb548e94838f4fef8791e74c1298ba02f4d6cd2755f28ac682220af305b783f14426a2fba7d94253803bcda5c731e080266a62a40244e1abdf0028ba24a720f64ca45e0b9cf00beaf1231aae8b6dd04da040116ab46260873a9cbdaf5057df2a279d081f7fa03b72ee9209769ca55ee60ecf64b5c4b957e91a9078d5075bfebcf96ebf3fb463fcd8a43fc74383ebdcc547d8b478fb3bb93991a348f9c4dc0481ab568a279ada2b992d1f6d2414212f073e2df7a512b8776ce17a6d4e4bfc07cc6065e74d6cf76026d299d509691fd7407343589331501df75935d30a2415ac7b87eb603f850cb5490d0980d9f85218966325bf6fb2d21dbfd1d4eca3a5632114c35995e3f5b7d3508b8960157b5d756aba65636ac89564d902861edc26b24ae807ffcd414be4cfd249b4ce2381ee1c1c1241d67e1341c85835484d3fd593a0bb3c9688203311438de9f8db2e9703c1d25e1fe3014e3a998ec631632b13d971b2a40d08b492493b7498f543ef8fe6ba78c07745c4637589aca41569902865338c5b8aa45b58661381c8378d610ca8d84f26174dc3d0b8a440b7272a5c1e5d242492974c83eb7ab86758fab6d892fe851687ac890d4cad5ac9ffee05664f84091f9956f37cf756354c3f0124da9b07b979aa24025eda3fdc61aa845006619d20b6d10a86564d9d6d973b22867c6b7c95309361c554430759888fb4b7789b2f3fbf79f7f75d72b50680b2b0465a80ba6ad929075c4b23219ac72aaee365395426ddba436476469c5eacdc6f947f6b9690c363115b93c38801f0df501321984e14f6d8836367127dec07f65ee45a7924390cd260667c73caf72d4bcee586cddecb11b96709bd79959f1792214b141fd922068fb546c9f663efa0e67b4d95687816f61c4485ade93694985819574f9a60eabdc50195ad7dbbb72ec16d372f435d0b71a78a120ffafa917bcdd4e8dbe44cc805b108daf7c1f3a71bf8567df52f0fdf6a3661c352e0ad6b6870fb550d251af304521ada58ed7a6b2959d4812d2928c25a3bce8f0f9b26b8dbd430adf7f6883f6dfca3ffc11efbf', NULL);
INSERT INTO public.feed VALUES ('location', '2026-11-29 05:19:40', '2026-11-29 05:19:40', '2026-11-29 05:19:40', '2026-11-29 05:34:40', '2026-11-29 05:19:40');
INSERT INTO public.feed_key VALUES ('Leeds', 2, '5b5dc707c6ec1a51d977f782a997319b4272c0dcf573ffb0677f35ee6e917e74', '2026-11-19 05:19:40');
INSERT INTO public.feed_named VALUES ('2026-11-29', '1-1000000002');
INSERT INTO public.message VALUES ('23af9117c7934d36bf57f20a18e32e61', 'welcome', 'mailto:all@council.example', '4f2bc905e4e39e075bec9e4dc18e078bfe2c6afa873d6fc505282294e879e6dc', '{"events": []}', '2026-11-29 05:19:45.268251', 'sent', 1, 0, NULL, '2026-11-29 05:19:45.268251', NULL, '250 2.0.0 queued as SIM00006', '2026-11-29 05:19:45.901311', NULL, NULL, '{"subject":"Care at home: watching 2 services","sections":[{"role":"title","heading":"Care at home: watching 2 services","said":[],"notes":["You will get a message as soon as we see that a rating fell or was withdrawn, that a service entered or remains in special measures, or that CQC took enforcement action. Other changes come with the next message, or once a day.","None of the 2 services that we have read is rated Inadequate, overall or for a key question, or stated to be in special measures."],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because this address was subscribed to the watchlist Care at home.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('0c84d954085b46dfba32bb0fd6e0c734', 'welcome', 'mailto:scores@council.example', '715555080b1481056eab9d9a4b060dc7107276da36b10145b3da8c1e9e8b61e9', '{"events": []}', '2026-11-29 05:19:45.268251', 'sent', 1, 0, NULL, '2026-11-29 05:19:45.268251', NULL, '250 2.0.0 queued as SIM00004', '2026-11-29 05:19:45.805768', NULL, NULL, '{"subject":"Care at home: watching 2 services","sections":[{"role":"title","heading":"Care at home: watching 2 services","said":[],"notes":["You will get a message as soon as we see that a rating fell or was withdrawn, that a service entered or remains in special measures, or that CQC took enforcement action. Other changes come with the next message, or once a day.","None of the 2 services that we have read is rated Inadequate, overall or for a key question, or stated to be in special measures."],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because this address was subscribed to the watchlist Care at home.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('ad8eb92dfa6444fc8c6d06a3eaf963fe', 'sign in', 'mailto:operator@council.example', '6546ee61a068285a1041fa9b268b139ae9988b5e66694e8db02864f509bb8cf5', '{"token": "gAAAAABrC7XvGT42ErwA6QAgOILufgXA-XsDcwE4ZaAJkVzy7bKUbOUN6SL9SMgdIIh5-iaZr26G7z0uFD-XhIw3qlC7INwwMHkVssGJUCdxVafX_fwLLSrt6DtFciZmftwkdjUOLUY-", "until": "2026-12-06T05:19:40+00:00", "invitation": true}', '2026-11-19 05:19:40', 'sent', 1, 0, NULL, '2026-11-19 05:19:40', NULL, '250 2.0.0 queued as SIM00002', '2026-11-29 05:19:45.639879', NULL, NULL, NULL);
INSERT INTO public.message VALUES ('47b36aaa886656088b2c90ca0822a7e8', 'confirm', 'mailto:unconfirmed@council.example', '5e31a3eb7a150078cebd6b982ca57041c62bac76dd8ebb80c6128867251a196f', '{"watchlist": "Leeds", "asked_by": "editor@council.example"}', '2026-11-19 05:19:40', 'sent', 1, 0, NULL, '2026-11-19 05:19:40', NULL, '250 2.0.0 queued as SIM00001', '2026-11-29 05:19:45.635135', NULL, NULL, NULL);
INSERT INTO public.message VALUES ('cd5826d9316a5ca38bd9305823bed2e8', 'trouble', 'mailto:oncall@council.example', 'ec78b8d1ecc0f32075efd2cd92dbf632b7d86a67f486315bc3ed295b36d0df01', '{"subject": "1 service has not been read well for too long", "lines": ["1-1000000006 : CQC''s answer was empty"]}', '2026-11-29 05:19:45.262244', 'sent', 1, 0, NULL, '2026-11-29 05:19:45.262244', NULL, '250 2.0.0 queued as SIM00003', '2026-11-29 05:19:45.654064', NULL, NULL, NULL);
INSERT INTO public.message VALUES ('0d854d50c2ac46649871988e2e908f9c', 'digest', 'mailto:gone@council.example', '3cd15bae1cefee5628cc3c46963cc0a0affe01543db69fd6a0b62589f71b41f0', '{"events": [], "period": "daily", "stale": [["1-1000000006", null]]}', '2026-11-29 05:19:45.268251', 'dead', 1, 0, NULL, '2026-11-29 05:19:45.268251', NULL, '550 No such user (at RCPT TO)', NULL, NULL, '2026-11-29 05:19:45.810514', NULL);
INSERT INTO public.message VALUES ('8af3efa592154df9a4f236f0de8682e1', 'digest', 'mailto:few@council.example', 'a854adc9eadc7a74e5a360947ffdbbe8072bb32ae06c0ddd5a73fc67bda51dfd', '{"events": [], "period": "daily", "stale": [["1-1000000006", null]]}', '2026-11-29 05:19:45.268251', 'sent', 1, 0, NULL, '2026-11-29 05:19:45.268251', NULL, '250 2.0.0 queued as SIM00011', '2026-11-29 05:19:46.212091', NULL, NULL, '{"subject":"CQC daily digest: no news; 1 service could not be read","sections":[{"role":"title","heading":"CQC daily digest","said":[],"notes":["This covers 19 November 2026 at 5:19am to 29 November 2026 at 5:19am.","No news; 1 service could not be read."],"facts":[],"link":null,"links":[]},{"role":"part","heading":"Not read well","said":[],"notes":["We have not been able to read what CQC publishes about these services. That you hear nothing about them does not mean that nothing happened: please look yourself."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006: never read well yet","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because you asked for the daily digest.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('173e8beafa2e4b19840530c65e538709', 'still watching', 'mailto:weekly@council.example', 'bc7a07bd1559b78a0e2d7f0a5e7754c27df4c4616bc16164ea91b8ef4ddfac01', '{"events": [], "period": "weekly", "total": 6, "all_since": "2026-11-29T05:19:44.904685+00:00", "stale": [["1-1000000006", null]]}', '2026-11-29 05:19:45.268251', 'sent', 1, 0, NULL, '2026-11-29 05:19:45.268251', NULL, '250 2.0.0 queued as SIM00005', '2026-11-29 05:19:45.861984', NULL, NULL, '{"subject":"Leeds: still watching 6 services, 1 of them not read well","sections":[{"role":"title","heading":"Leeds: still watching 6 services, 1 of them not read well","said":[],"notes":["As of 29 November 2026 at 5:19am.","This is a sign of life and says nothing of what changed: that comes in messages of its own. You should get one every week. If it stays away, please ask whoever runs the monitor."],"facts":[],"link":null,"links":[]},{"role":"part","heading":"Not read well","said":[],"notes":["We have not been able to read what CQC publishes about these services. That you hear nothing about them does not mean that nothing happened: please look yourself."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006: never read well yet","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because a weekly sign of life was asked for with your watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('36af32badf764a3d87b87d38a9443b8e', 'welcome', 'mailto:none@council.example', '4304186f64bb94a19e173eacf36a99938036539b38299134e618b6cda2fc2580', '{"events": []}', '2026-11-29 05:19:45.268251', 'sent', 1, 0, NULL, '2026-11-29 05:19:45.268251', NULL, '250 2.0.0 queued as SIM00007', '2026-11-29 05:19:45.945563', NULL, NULL, '{"subject":"Care at home: watching 2 services","sections":[{"role":"title","heading":"Care at home: watching 2 services","said":[],"notes":["You will get a message as soon as we see that a rating fell or was withdrawn, that a service entered or remains in special measures, or that CQC took enforcement action. Other changes come with the next message, or once a day.","None of the 2 services that we have read is rated Inadequate, overall or for a key question, or stated to be in special measures."],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because this address was subscribed to the watchlist Care at home.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('25ff3950130c443ca9f39a19b71a9d08', 'still watching', 'mailto:all@council.example', '4f2bc905e4e39e075bec9e4dc18e078bfe2c6afa873d6fc505282294e879e6dc', '{"events": [], "period": "weekly", "total": 2, "all_since": "2026-11-29T05:19:45.036719+00:00", "stale": []}', '2026-11-29 05:19:45.268251', 'sent', 1, 0, NULL, '2026-11-29 05:19:45.268251', NULL, '250 2.0.0 queued as SIM00008', '2026-11-29 05:19:46.036222', NULL, NULL, '{"subject":"Care at home: still watching 2 services, all read within the last hour","sections":[{"role":"title","heading":"Care at home: still watching 2 services, all read within the last hour","said":[],"notes":["As of 29 November 2026 at 5:19am.","This is a sign of life and says nothing of what changed: that comes in messages of its own. You should get one every week. If it stays away, please ask whoever runs the monitor."],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because a weekly sign of life was asked for with your watchlist Care at home.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('2f0570edcc714c878d278ab51f35e458', 'digest', 'mailto:weekly@council.example', 'bc7a07bd1559b78a0e2d7f0a5e7754c27df4c4616bc16164ea91b8ef4ddfac01', '{"events": [], "period": "weekly", "stale": [["1-1000000006", null]]}', '2026-11-29 05:19:45.268251', 'sent', 1, 0, NULL, '2026-11-29 05:19:45.268251', NULL, '250 2.0.0 queued as SIM00009', '2026-11-29 05:19:46.112096', NULL, NULL, '{"subject":"CQC weekly digest: no news; 1 service could not be read","sections":[{"role":"title","heading":"CQC weekly digest","said":[],"notes":["This covers 19 November 2026 at 5:19am to 29 November 2026 at 5:19am.","No news; 1 service could not be read."],"facts":[],"link":null,"links":[]},{"role":"part","heading":"Not read well","said":[],"notes":["We have not been able to read what CQC publishes about these services. That you hear nothing about them does not mean that nothing happened: please look yourself."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006: never read well yet","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because you asked for the weekly digest.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('56a6c2c6db7f405e848dc0cdb4045028', 'digest', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', '{"events": [], "period": "daily", "stale": [["1-1000000006", null]]}', '2026-11-29 05:19:45.268251', 'sent', 1, 0, NULL, '2026-11-29 05:19:45.268251', NULL, '250 2.0.0 queued as SIM00010', '2026-11-29 05:19:46.194577', NULL, NULL, '{"subject":"CQC daily digest: no news; 1 service could not be read","sections":[{"role":"title","heading":"CQC daily digest","said":[],"notes":["This covers 19 November 2026 at 5:19am to 29 November 2026 at 5:19am.","No news; 1 service could not be read."],"facts":[],"link":null,"links":[]},{"role":"part","heading":"Not read well","said":[],"notes":["We have not been able to read what CQC publishes about these services. That you hear nothing about them does not mean that nothing happened: please look yourself."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006: never read well yet","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because you asked for the daily digest.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('042ace1a2a85582ab8bacfd00e31c33c', 'trouble', 'mailto:oncall@council.example', 'ec78b8d1ecc0f32075efd2cd92dbf632b7d86a67f486315bc3ed295b36d0df01', '{"subject": "a message could not be delivered", "lines": ["To mailto:gone@council.example: 550 No such user (at RCPT TO)", "Given up at attempt 1.", "cqc-monitor outbox list names it; once the cause is put right, cqc-monitor outbox retry sends it again."]}', '2026-11-29 05:19:45.810514', 'sent', 1, 0, NULL, '2026-11-29 05:19:45.810514', NULL, '250 2.0.0 queued as SIM00013', '2026-11-29 05:19:46.313016', NULL, NULL, NULL);
INSERT INTO public.message VALUES ('92e85fc6efb7489c9d857430a25171f5', 'welcome', 'mailto:no-reports@council.example', '78a16d946fa7fee05d1d9bec5cd41c36bee72951f1fd3b6d1439611fbe59e9eb', '{"events": []}', '2026-11-29 05:19:45.268251', 'sent', 1, 0, NULL, '2026-11-29 05:19:45.268251', NULL, '250 2.0.0 queued as SIM00012', '2026-11-29 05:19:46.253099', NULL, NULL, '{"subject":"Leeds: watching 6 services, 1 already inadequate or in special measures, 1 not read yet","sections":[{"role":"title","heading":"Leeds: watching 6 services","said":[],"notes":["You will get a message as soon as we see that a rating fell or was withdrawn, that a service entered or remains in special measures, or that CQC took enforcement action. Other changes come with the next message, or once a day.","Of the 5 services that we have read, this one is already rated Inadequate, overall or for a key question, or in special measures."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"Larch Grove","said":[{"text":"Overall rating: Inadequate","urgent":true,"detail":null,"quote":null,"link":null},{"text":"Rated Inadequate for Caring, Effective, Responsive, Safe and Well-led","urgent":true,"detail":null,"quote":null,"link":null},{"text":"In special measures","urgent":true,"detail":null,"quote":"CQC writes: “This service remains in special measures.”","link":null}],"notes":[],"facts":[{"label":"Type","value":"Care home"},{"label":"Address","value":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA"},{"label":"Provider","value":"Hartwell Care Limited"}],"link":{"text":"CQC''s page about Larch Grove","url":"https://www.cqc.example/location/1-1000000002"},"links":[]},{"role":"part","heading":"Not read yet","said":[],"notes":["We have not been able to read what CQC publishes about these services, and keep trying. Until then we cannot tell you about them."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because this address was subscribed to the watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('db23131d252c4c9594bb9cd092f527fd', 'welcome', 'mailto:few@council.example', 'a854adc9eadc7a74e5a360947ffdbbe8072bb32ae06c0ddd5a73fc67bda51dfd', '{"events": []}', '2026-11-29 05:19:45.268251', 'sent', 1, 0, NULL, '2026-11-29 05:19:45.268251', NULL, '250 2.0.0 queued as SIM00017', '2026-11-29 05:19:46.467765', NULL, NULL, '{"subject":"Leeds: watching 6 services, 1 already inadequate or in special measures, 1 not read yet","sections":[{"role":"title","heading":"Leeds: watching 6 services","said":[],"notes":["You will get a message as soon as we see that a rating fell or was withdrawn, that a service entered or remains in special measures, or that CQC took enforcement action. Other changes come with the next message, or once a day.","Of the 5 services that we have read, this one is already rated Inadequate, overall or for a key question, or in special measures."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"Larch Grove","said":[{"text":"Overall rating: Inadequate","urgent":true,"detail":null,"quote":null,"link":null},{"text":"Rated Inadequate for Caring, Effective, Responsive, Safe and Well-led","urgent":true,"detail":null,"quote":null,"link":null},{"text":"In special measures","urgent":true,"detail":null,"quote":"CQC writes: “This service remains in special measures.”","link":null}],"notes":[],"facts":[{"label":"Type","value":"Care home"},{"label":"Address","value":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA"},{"label":"Provider","value":"Hartwell Care Limited"}],"link":{"text":"CQC''s page about Larch Grove","url":"https://www.cqc.example/location/1-1000000002"},"links":[]},{"role":"part","heading":"Not read yet","said":[],"notes":["We have not been able to read what CQC publishes about these services, and keep trying. Until then we cannot tell you about them."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because this address was subscribed to the watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('98d04e478bba434d81f444e0c1deb7f5', 'digest', 'mailto:daily@council.example', '8371779183afef49137df4fcb3b04be01a95ce995c014ef8efff34d1d10e0630', '{"events": [], "period": "daily", "stale": [["1-1000000006", null]]}', '2026-11-29 05:19:45.268251', 'sent', 1, 0, NULL, '2026-11-29 05:19:45.268251', NULL, '250 2.0.0 queued as SIM00014', '2026-11-29 05:19:46.327966', NULL, NULL, '{"subject":"CQC daily digest: no news; 1 service could not be read","sections":[{"role":"title","heading":"CQC daily digest","said":[],"notes":["This covers 19 November 2026 at 5:19am to 29 November 2026 at 5:19am.","No news; 1 service could not be read."],"facts":[],"link":null,"links":[]},{"role":"part","heading":"Not read well","said":[],"notes":["We have not been able to read what CQC publishes about these services. That you hear nothing about them does not mean that nothing happened: please look yourself."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006: never read well yet","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because you asked for the daily digest.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('6cbc083221ac405ba21f7110029dc87e', 'welcome', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', '{"events": []}', '2026-11-29 05:19:45.268251', 'sent', 1, 0, NULL, '2026-11-29 05:19:45.268251', NULL, '250 2.0.0 queued as SIM00015', '2026-11-29 05:19:46.379345', NULL, NULL, '{"subject":"Leeds: watching 6 services, 1 already inadequate or in special measures, 1 not read yet","sections":[{"role":"title","heading":"Leeds: watching 6 services","said":[],"notes":["You will get a message as soon as we see that a rating fell or was withdrawn, that a service entered or remains in special measures, or that CQC took enforcement action. Other changes come with the next message, or once a day.","Of the 5 services that we have read, this one is already rated Inadequate, overall or for a key question, or in special measures."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"Larch Grove","said":[{"text":"Overall rating: Inadequate","urgent":true,"detail":null,"quote":null,"link":null},{"text":"Rated Inadequate for Caring, Effective, Responsive, Safe and Well-led","urgent":true,"detail":null,"quote":null,"link":null},{"text":"In special measures","urgent":true,"detail":null,"quote":"CQC writes: “This service remains in special measures.”","link":null}],"notes":[],"facts":[{"label":"Type","value":"Care home"},{"label":"Address","value":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA"},{"label":"Provider","value":"Hartwell Care Limited"}],"link":{"text":"CQC''s page about Larch Grove","url":"https://www.cqc.example/location/1-1000000002"},"links":[]},{"role":"part","heading":"Not read yet","said":[],"notes":["We have not been able to read what CQC publishes about these services, and keep trying. Until then we cannot tell you about them."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because this address was subscribed to the watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('a71a98c39adb463e80abe3e7e57dab5d', 'digest', 'mailto:no-reports@council.example', '78a16d946fa7fee05d1d9bec5cd41c36bee72951f1fd3b6d1439611fbe59e9eb', '{"events": [], "period": "daily", "stale": [["1-1000000006", null]]}', '2026-11-29 05:19:45.268251', 'sent', 1, 0, NULL, '2026-11-29 05:19:45.268251', NULL, '250 2.0.0 queued as SIM00016', '2026-11-29 05:19:46.458344', NULL, NULL, '{"subject":"CQC daily digest: no news; 1 service could not be read","sections":[{"role":"title","heading":"CQC daily digest","said":[],"notes":["This covers 19 November 2026 at 5:19am to 29 November 2026 at 5:19am.","No news; 1 service could not be read."],"facts":[],"link":null,"links":[]},{"role":"part","heading":"Not read well","said":[],"notes":["We have not been able to read what CQC publishes about these services. That you hear nothing about them does not mean that nothing happened: please look yourself."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006: never read well yet","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because you asked for the daily digest.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('e3d46694e2e54f93ad482802a59de401', 'alert', 'mailto:gone@council.example', '3cd15bae1cefee5628cc3c46963cc0a0affe01543db69fd6a0b62589f71b41f0', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53", "3b7cfc4525ad2603"]}', '2026-11-29 05:19:48.263391', 'dead', 1, 0, NULL, '2026-11-29 05:19:48.263391', NULL, '550 No such user (at RCPT TO)', NULL, NULL, '2026-11-29 05:19:48.57922', NULL);
INSERT INTO public.message VALUES ('3ba75fcbd9814691b0409f862adc4968', 'alert', 'mailto:few@council.example', 'a854adc9eadc7a74e5a360947ffdbbe8072bb32ae06c0ddd5a73fc67bda51dfd', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53"]}', '2026-11-29 05:19:48.263391', 'sent', 1, 0, NULL, '2026-11-29 05:19:48.263391', NULL, '250 2.0.0 queued as SIM00018', '2026-11-29 05:19:48.448199', NULL, NULL, '{"subject":"Hollins View: overall rating fell from Good to Requires improvement","sections":[{"role":"title","heading":"Hollins View","said":[{"text":"Overall rating fell from Good to Requires improvement","urgent":true,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/29acb6e3331afeee"}},{"text":"Rating for Safe fell from Good to Requires improvement","urgent":true,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/f20c1ed2f5da8d53"}}],"notes":[],"facts":[{"label":"Type","value":"Care home"},{"label":"Address","value":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA"},{"label":"Provider","value":"Hartwell Care Limited"},{"label":"Published by CQC","value":"13 October 2026"},{"label":"Seen by us","value":"29 November 2026 at 5:19am"}],"link":{"text":"CQC''s page about Hollins View","url":"https://www.cqc.example/location/1-1000000003"},"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because Hollins View is on your watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('4983d1f9ce65462ea0ce28e37827bbda', 'alert', 'mailto:no-reports@council.example', '78a16d946fa7fee05d1d9bec5cd41c36bee72951f1fd3b6d1439611fbe59e9eb', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53"]}', '2026-11-29 05:19:48.263391', 'sent', 1, 0, NULL, '2026-11-29 05:19:48.263391', NULL, '250 2.0.0 queued as SIM00019', '2026-11-29 05:19:48.491723', NULL, NULL, '{"subject":"Hollins View: overall rating fell from Good to Requires improvement","sections":[{"role":"title","heading":"Hollins View","said":[{"text":"Overall rating fell from Good to Requires improvement","urgent":true,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/29acb6e3331afeee"}},{"text":"Rating for Safe fell from Good to Requires improvement","urgent":true,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/f20c1ed2f5da8d53"}}],"notes":[],"facts":[{"label":"Type","value":"Care home"},{"label":"Address","value":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA"},{"label":"Provider","value":"Hartwell Care Limited"},{"label":"Published by CQC","value":"13 October 2026"},{"label":"Seen by us","value":"29 November 2026 at 5:19am"}],"link":{"text":"CQC''s page about Hollins View","url":"https://www.cqc.example/location/1-1000000003"},"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because Hollins View is on your watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('5eb0c43a80a54bb0ae00ba5083317bf9', 'still watching', 'gAAAAABrC7Xv2tbhTqpRrwOU25C2w-5pUSgQgtCgggwZav6XPOlRg-bdlFgLIsZy-Hz4CQgyqJfz0MV8XVEzM4HW3Qa7VNKaFWScv_DJUKQpqPVcm21B-1U_tjqJTu6ePI8NoPm9XdroEznHsdytpSmPYcz3-l9OvQ==', '7718951d8cbbd13f8269587288d0a62604ab80bb7a1d3151795611bf32c26046', '{"events": [], "period": "weekly", "total": 6, "all_since": "2026-11-29T05:19:44.904685+00:00", "stale": [["1-1000000006", null]]}', '2026-11-29 05:19:45.268251', 'pending', 2, 0, NULL, '2026-11-29 05:19:49.436656', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('beb79d8087c144078888cb90232f8a53', 'alert', 'gAAAAABrC7Xv2tbhTqpRrwOU25C2w-5pUSgQgtCgggwZav6XPOlRg-bdlFgLIsZy-Hz4CQgyqJfz0MV8XVEzM4HW3Qa7VNKaFWScv_DJUKQpqPVcm21B-1U_tjqJTu6ePI8NoPm9XdroEznHsdytpSmPYcz3-l9OvQ==', '7718951d8cbbd13f8269587288d0a62604ab80bb7a1d3151795611bf32c26046', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53", "3b7cfc4525ad2603"]}', '2026-11-29 05:19:48.263391', 'pending', 2, 0, NULL, '2026-11-29 05:19:49.436656', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('87990813934b4610b0d517c7a7659b8e', 'alert', 'mailto:gone@council.example', '3cd15bae1cefee5628cc3c46963cc0a0affe01543db69fd6a0b62589f71b41f0', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e", "77118ef83558c65a", "6f8e4058c4ea298a", "edeb4152ba75f0e6"]}', '2026-11-29 05:19:49.436656', 'pending', 1, 0, NULL, '2026-11-29 05:19:49.436656', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('c3f1a22767d3463fbddaef72d9b67a4a', 'alert', 'mailto:none@council.example', '4304186f64bb94a19e173eacf36a99938036539b38299134e618b6cda2fc2580', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e"]}', '2026-11-29 05:19:49.436656', 'pending', 1, 0, NULL, '2026-11-29 05:19:49.436656', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('8e4fd12a9b794afa996b331a103ed457', 'digest', 'gAAAAABrC7Xv2tbhTqpRrwOU25C2w-5pUSgQgtCgggwZav6XPOlRg-bdlFgLIsZy-Hz4CQgyqJfz0MV8XVEzM4HW3Qa7VNKaFWScv_DJUKQpqPVcm21B-1U_tjqJTu6ePI8NoPm9XdroEznHsdytpSmPYcz3-l9OvQ==', '7718951d8cbbd13f8269587288d0a62604ab80bb7a1d3151795611bf32c26046', '{"events": [], "period": "daily", "stale": [["1-1000000006", null]]}', '2026-11-29 05:19:45.268251', 'pending', 2, 0, NULL, '2026-11-29 05:19:49.436656', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('53883e4fbd724eb0b0ba5e0ff787faa7', 'alert', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53", "3b7cfc4525ad2603"]}', '2026-11-29 05:19:48.263391', 'sent', 1, 0, NULL, '2026-11-29 05:19:48.263391', NULL, '250 2.0.0 queued as SIM00020', '2026-11-29 05:19:48.539425', NULL, NULL, '{"subject":"Hollins View: overall rating fell from Good to Requires improvement","sections":[{"role":"title","heading":"Hollins View","said":[{"text":"Overall rating fell from Good to Requires improvement","urgent":true,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/29acb6e3331afeee"}},{"text":"Rating for Safe fell from Good to Requires improvement","urgent":true,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/f20c1ed2f5da8d53"}},{"text":"New report published","urgent":false,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/3b7cfc4525ad2603"}}],"notes":[],"facts":[{"label":"Type","value":"Care home"},{"label":"Address","value":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA"},{"label":"Provider","value":"Hartwell Care Limited"},{"label":"Published by CQC","value":"13 October 2026"},{"label":"Seen by us","value":"29 November 2026 at 5:19am"}],"link":{"text":"CQC''s page about Hollins View","url":"https://www.cqc.example/location/1-1000000003"},"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because Hollins View is on your watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('39a7be14c45f5f3a9e3951fb7567f896', 'trouble', 'mailto:oncall@council.example', 'ec78b8d1ecc0f32075efd2cd92dbf632b7d86a67f486315bc3ed295b36d0df01', '{"subject": "a message could not be delivered", "lines": ["To mailto:gone@council.example: 550 No such user (at RCPT TO)", "Given up at attempt 1.", "Hollins View (1-1000000003), Care home, 12 Orchard Lane, Netherby, Leicestershire, LE1 1AA", "Overall rating fell from Good to Requires improvement. Published by CQC 13 October 2026, seen by us 29 November 2026 at 5:19am.", "Rating for Safe fell from Good to Requires improvement. Published by CQC 13 October 2026, seen by us 29 November 2026 at 5:19am.", "New report published. Published by CQC 13 October 2026, seen by us 29 November 2026 at 5:19am.", "https://www.cqc.example/location/1-1000000003", "cqc-monitor outbox list names it; once the cause is put right, cqc-monitor outbox retry sends it again."]}', '2026-11-29 05:19:48.57922', 'sent', 1, 0, NULL, '2026-11-29 05:19:48.57922', NULL, '250 2.0.0 queued as SIM00021', '2026-11-29 05:19:48.646732', NULL, NULL, NULL);
INSERT INTO public.message VALUES ('690fe35a99c94fa99331d760970577c0', 'alert', 'mailto:scores@council.example', '715555080b1481056eab9d9a4b060dc7107276da36b10145b3da8c1e9e8b61e9', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e"]}', '2026-11-29 05:19:49.436656', 'pending', 1, 0, NULL, '2026-11-29 05:19:49.436656', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('88ef0d653e29428f8fc093131c8a8ccb', 'alert', 'mailto:few@council.example', 'a854adc9eadc7a74e5a360947ffdbbe8072bb32ae06c0ddd5a73fc67bda51dfd', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e", "77118ef83558c65a", "6f8e4058c4ea298a"]}', '2026-11-29 05:19:49.436656', 'pending', 0, 0, NULL, '2026-11-29 05:19:49.436656', NULL, '404 Not Found', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('8b12be6a1e5643b28b0f59eee65434b3', 'alert', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e", "77118ef83558c65a", "6f8e4058c4ea298a", "edeb4152ba75f0e6"]}', '2026-11-29 05:19:49.436656', 'pending', 1, 0, NULL, '2026-11-29 05:19:49.436656', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('aa8ebb5017ad4df2a7ce52b20896842a', 'alert', 'mailto:all@council.example', '4f2bc905e4e39e075bec9e4dc18e078bfe2c6afa873d6fc505282294e879e6dc', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e", "77118ef83558c65a", "6f8e4058c4ea298a", "edeb4152ba75f0e6"]}', '2026-11-29 05:19:49.436656', 'pending', 1, 0, NULL, '2026-11-29 05:19:49.436656', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('e83aa7cc217648b9aca2a2dc9b035c8f', 'alert', 'gAAAAABrC7Xv2tbhTqpRrwOU25C2w-5pUSgQgtCgggwZav6XPOlRg-bdlFgLIsZy-Hz4CQgyqJfz0MV8XVEzM4HW3Qa7VNKaFWScv_DJUKQpqPVcm21B-1U_tjqJTu6ePI8NoPm9XdroEznHsdytpSmPYcz3-l9OvQ==', '7718951d8cbbd13f8269587288d0a62604ab80bb7a1d3151795611bf32c26046', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e", "77118ef83558c65a", "6f8e4058c4ea298a", "edeb4152ba75f0e6"]}', '2026-11-29 05:19:49.436656', 'pending', 1, 0, NULL, '2026-11-29 05:19:49.436656', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('eb17fde2577c4f7da616056697ab4396', 'alert', 'mailto:no-reports@council.example', '78a16d946fa7fee05d1d9bec5cd41c36bee72951f1fd3b6d1439611fbe59e9eb', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e", "77118ef83558c65a", "6f8e4058c4ea298a"]}', '2026-11-29 05:19:49.436656', 'pending', 1, 0, NULL, '2026-11-29 05:19:49.436656', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('8fc073a111c5469cba4d6bcaf748a682', 'digest', 'gAAAAABrC7Xv7iKJufUJ4UwVBoFmspr8hQpfOEx0jhpMswSSjHabQmfWT-raoU57umbY9kB8X8bEiCWjvLL5rIpPqvKQY71z9qkB0xFOXHawGZr1wGKsDGOq3YgYSHM1ZSqxbOPfJBbB', '918bedb9c6077481ade2eaeb331eda4da2bddcca2fce1cd2950e26595898e8bf', '{"events": [], "period": "weekly", "stale": [["1-1000000006", null]]}', '2026-11-29 05:19:45.268251', 'pending', 1, 0, NULL, '2026-11-29 05:19:49.436656', NULL, '404 Not Found', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('ee831a13521a4e688cdb3062a15fc548', 'welcome', 'gAAAAABrC7Xv2tbhTqpRrwOU25C2w-5pUSgQgtCgggwZav6XPOlRg-bdlFgLIsZy-Hz4CQgyqJfz0MV8XVEzM4HW3Qa7VNKaFWScv_DJUKQpqPVcm21B-1U_tjqJTu6ePI8NoPm9XdroEznHsdytpSmPYcz3-l9OvQ==', '7718951d8cbbd13f8269587288d0a62604ab80bb7a1d3151795611bf32c26046', '{"events": []}', '2026-11-29 05:19:45.268251', 'pending', 2, 0, NULL, '2026-11-29 05:19:49.436656', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.notice VALUES (5, NULL, 11, '2026-11-19 05:19:40', false, NULL, 'welcome');
INSERT INTO public.notice VALUES (1, NULL, 1, '2026-11-19 05:19:40', false, '6cbc083221ac405ba21f7110029dc87e', 'welcome');
INSERT INTO public.notice VALUES (2, NULL, 5, '2026-11-19 05:19:40', false, 'ee831a13521a4e688cdb3062a15fc548', 'welcome');
INSERT INTO public.notice VALUES (3, NULL, 9, '2026-11-19 05:19:40', false, '92e85fc6efb7489c9d857430a25171f5', 'welcome');
INSERT INTO public.notice VALUES (4, NULL, 10, '2026-11-19 05:19:40', false, 'db23131d252c4c9594bb9cd092f527fd', 'welcome');
INSERT INTO public.notice VALUES (6, NULL, 12, '2026-11-19 05:19:40', false, '23af9117c7934d36bf57f20a18e32e61', 'welcome');
INSERT INTO public.notice VALUES (7, NULL, 13, '2026-11-19 05:19:40', false, '0c84d954085b46dfba32bb0fd6e0c734', 'welcome');
INSERT INTO public.notice VALUES (8, NULL, 14, '2026-11-19 05:19:40', false, '36af32badf764a3d87b87d38a9443b8e', 'welcome');
INSERT INTO public.notice VALUES (17, NULL, 4, '2026-11-25 07:30:00', false, '173e8beafa2e4b19840530c65e538709', 'sign of life');
INSERT INTO public.notice VALUES (18, NULL, 5, '2026-11-25 07:30:00', false, '5eb0c43a80a54bb0ae00ba5083317bf9', 'sign of life');
INSERT INTO public.notice VALUES (19, NULL, 12, '2026-11-23 08:00:00', false, '25ff3950130c443ca9f39a19b71a9d08', 'sign of life');
INSERT INTO public.notice VALUES (9, NULL, 1, '2026-11-28 07:30:00', false, '56a6c2c6db7f405e848dc0cdb4045028', 'silent digest');
INSERT INTO public.notice VALUES (10, NULL, 2, '2026-11-28 07:30:00', false, '0d854d50c2ac46649871988e2e908f9c', 'silent digest');
INSERT INTO public.notice VALUES (11, NULL, 3, '2026-11-28 07:30:00', false, '98d04e478bba434d81f444e0c1deb7f5', 'silent digest');
INSERT INTO public.notice VALUES (12, NULL, 4, '2026-11-25 07:30:00', false, '2f0570edcc714c878d278ab51f35e458', 'silent digest');
INSERT INTO public.notice VALUES (13, NULL, 5, '2026-11-28 07:30:00', false, '8e4fd12a9b794afa996b331a103ed457', 'silent digest');
INSERT INTO public.notice VALUES (14, NULL, 7, '2026-11-25 07:30:00', false, '8fc073a111c5469cba4d6bcaf748a682', 'silent digest');
INSERT INTO public.notice VALUES (15, NULL, 9, '2026-11-28 08:00:00', false, 'a71a98c39adb463e80abe3e7e57dab5d', 'silent digest');
INSERT INTO public.notice VALUES (16, NULL, 10, '2026-11-28 08:00:00', false, '8af3efa592154df9a4f236f0de8682e1', 'silent digest');
INSERT INTO public.notice VALUES (22, '29acb6e3331afeee', 3, '2026-11-29 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (23, '29acb6e3331afeee', 4, '2026-12-02 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (25, '29acb6e3331afeee', 7, '2026-12-02 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (30, 'f20c1ed2f5da8d53', 3, '2026-11-29 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (31, 'f20c1ed2f5da8d53', 4, '2026-12-02 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (33, 'f20c1ed2f5da8d53', 7, '2026-12-02 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (38, '3b7cfc4525ad2603', 3, '2026-11-29 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (39, '3b7cfc4525ad2603', 4, '2026-12-02 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (41, '3b7cfc4525ad2603', 7, '2026-12-02 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (20, '29acb6e3331afeee', 1, '2026-11-29 05:19:48.13973', true, '53883e4fbd724eb0b0ba5e0ff787faa7', 'event');
INSERT INTO public.notice VALUES (28, 'f20c1ed2f5da8d53', 1, '2026-11-29 05:19:48.13973', true, '53883e4fbd724eb0b0ba5e0ff787faa7', 'event');
INSERT INTO public.notice VALUES (36, '3b7cfc4525ad2603', 1, '2026-11-29 07:30:00', false, '53883e4fbd724eb0b0ba5e0ff787faa7', 'event');
INSERT INTO public.notice VALUES (21, '29acb6e3331afeee', 2, '2026-11-29 05:19:48.13973', true, 'e3d46694e2e54f93ad482802a59de401', 'event');
INSERT INTO public.notice VALUES (29, 'f20c1ed2f5da8d53', 2, '2026-11-29 05:19:48.13973', true, 'e3d46694e2e54f93ad482802a59de401', 'event');
INSERT INTO public.notice VALUES (37, '3b7cfc4525ad2603', 2, '2026-11-29 07:30:00', false, 'e3d46694e2e54f93ad482802a59de401', 'event');
INSERT INTO public.notice VALUES (24, '29acb6e3331afeee', 5, '2026-11-29 05:19:48.13973', true, 'beb79d8087c144078888cb90232f8a53', 'event');
INSERT INTO public.notice VALUES (32, 'f20c1ed2f5da8d53', 5, '2026-11-29 05:19:48.13973', true, 'beb79d8087c144078888cb90232f8a53', 'event');
INSERT INTO public.notice VALUES (40, '3b7cfc4525ad2603', 5, '2026-11-29 07:30:00', false, 'beb79d8087c144078888cb90232f8a53', 'event');
INSERT INTO public.notice VALUES (26, '29acb6e3331afeee', 9, '2026-11-29 05:19:48.13973', true, '4983d1f9ce65462ea0ce28e37827bbda', 'event');
INSERT INTO public.notice VALUES (34, 'f20c1ed2f5da8d53', 9, '2026-11-29 05:19:48.13973', true, '4983d1f9ce65462ea0ce28e37827bbda', 'event');
INSERT INTO public.notice VALUES (27, '29acb6e3331afeee', 10, '2026-11-29 05:19:48.13973', true, '3ba75fcbd9814691b0409f862adc4968', 'event');
INSERT INTO public.notice VALUES (35, 'f20c1ed2f5da8d53', 10, '2026-11-29 05:19:48.13973', true, '3ba75fcbd9814691b0409f862adc4968', 'event');
INSERT INTO public.notice VALUES (44, '529c5bdc075fddcc', 3, '2026-11-29 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (45, '529c5bdc075fddcc', 4, '2026-12-02 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (47, '529c5bdc075fddcc', 6, '2026-11-29 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (48, '529c5bdc075fddcc', 7, '2026-12-02 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (49, '529c5bdc075fddcc', 8, '2026-11-29 09:00:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (52, '529c5bdc075fddcc', 11, '2026-12-29 05:19:40', false, NULL, 'event');
INSERT INTO public.notice VALUES (58, '16a75f3bf080762e', 3, '2026-11-29 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (59, '16a75f3bf080762e', 4, '2026-12-02 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (61, '16a75f3bf080762e', 6, '2026-11-29 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (62, '16a75f3bf080762e', 7, '2026-12-02 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (63, '16a75f3bf080762e', 8, '2026-11-29 09:00:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (66, '16a75f3bf080762e', 11, '2026-12-29 05:19:40', false, NULL, 'event');
INSERT INTO public.notice VALUES (42, '529c5bdc075fddcc', 1, '2026-11-29 05:19:49.336976', true, '8b12be6a1e5643b28b0f59eee65434b3', 'event');
INSERT INTO public.notice VALUES (56, '16a75f3bf080762e', 1, '2026-11-29 05:19:49.336976', true, '8b12be6a1e5643b28b0f59eee65434b3', 'event');
INSERT INTO public.notice VALUES (70, '77118ef83558c65a', 1, '2026-11-29 05:19:49.336976', true, '8b12be6a1e5643b28b0f59eee65434b3', 'event');
INSERT INTO public.notice VALUES (43, '529c5bdc075fddcc', 2, '2026-11-29 05:19:49.336976', true, '87990813934b4610b0d517c7a7659b8e', 'event');
INSERT INTO public.notice VALUES (57, '16a75f3bf080762e', 2, '2026-11-29 05:19:49.336976', true, '87990813934b4610b0d517c7a7659b8e', 'event');
INSERT INTO public.notice VALUES (71, '77118ef83558c65a', 2, '2026-11-29 05:19:49.336976', true, '87990813934b4610b0d517c7a7659b8e', 'event');
INSERT INTO public.notice VALUES (46, '529c5bdc075fddcc', 5, '2026-11-29 05:19:49.336976', true, 'e83aa7cc217648b9aca2a2dc9b035c8f', 'event');
INSERT INTO public.notice VALUES (60, '16a75f3bf080762e', 5, '2026-11-29 05:19:49.336976', true, 'e83aa7cc217648b9aca2a2dc9b035c8f', 'event');
INSERT INTO public.notice VALUES (50, '529c5bdc075fddcc', 9, '2026-11-29 05:19:49.336976', true, 'eb17fde2577c4f7da616056697ab4396', 'event');
INSERT INTO public.notice VALUES (64, '16a75f3bf080762e', 9, '2026-11-29 05:19:49.336976', true, 'eb17fde2577c4f7da616056697ab4396', 'event');
INSERT INTO public.notice VALUES (51, '529c5bdc075fddcc', 10, '2026-11-29 05:19:49.336976', true, '88ef0d653e29428f8fc093131c8a8ccb', 'event');
INSERT INTO public.notice VALUES (65, '16a75f3bf080762e', 10, '2026-11-29 05:19:49.336976', true, '88ef0d653e29428f8fc093131c8a8ccb', 'event');
INSERT INTO public.notice VALUES (53, '529c5bdc075fddcc', 12, '2026-11-29 05:19:49.336976', true, 'aa8ebb5017ad4df2a7ce52b20896842a', 'event');
INSERT INTO public.notice VALUES (67, '16a75f3bf080762e', 12, '2026-11-29 05:19:49.336976', true, 'aa8ebb5017ad4df2a7ce52b20896842a', 'event');
INSERT INTO public.notice VALUES (54, '529c5bdc075fddcc', 13, '2026-11-29 05:19:49.336976', true, '690fe35a99c94fa99331d760970577c0', 'event');
INSERT INTO public.notice VALUES (68, '16a75f3bf080762e', 13, '2026-11-29 05:19:49.336976', true, '690fe35a99c94fa99331d760970577c0', 'event');
INSERT INTO public.notice VALUES (55, '529c5bdc075fddcc', 14, '2026-11-29 05:19:49.336976', true, 'c3f1a22767d3463fbddaef72d9b67a4a', 'event');
INSERT INTO public.notice VALUES (69, '16a75f3bf080762e', 14, '2026-11-29 05:19:49.336976', true, 'c3f1a22767d3463fbddaef72d9b67a4a', 'event');
INSERT INTO public.notice VALUES (116, NULL, 1, '2026-12-05 07:30:00', false, NULL, 'silent digest');
INSERT INTO public.notice VALUES (117, NULL, 2, '2026-12-05 07:30:00', false, NULL, 'silent digest');
INSERT INTO public.notice VALUES (118, NULL, 3, '2026-12-05 07:30:00', false, NULL, 'silent digest');
INSERT INTO public.notice VALUES (119, NULL, 6, '2026-12-05 07:30:00', false, NULL, 'silent digest');
INSERT INTO public.notice VALUES (120, NULL, 8, '2026-12-05 09:00:00', false, NULL, 'silent digest');
INSERT INTO public.notice VALUES (121, NULL, 9, '2026-12-05 08:00:00', false, NULL, 'silent digest');
INSERT INTO public.notice VALUES (122, NULL, 10, '2026-12-05 08:00:00', false, NULL, 'silent digest');
INSERT INTO public.notice VALUES (123, NULL, 13, '2026-12-05 08:00:00', false, NULL, 'silent digest');
INSERT INTO public.notice VALUES (124, NULL, 14, '2026-12-05 08:00:00', false, NULL, 'silent digest');
INSERT INTO public.notice VALUES (125, NULL, 5, '2026-12-05 07:30:00', false, NULL, 'silent digest');
INSERT INTO public.notice VALUES (126, NULL, 12, '2026-12-05 08:00:00', false, NULL, 'silent digest');
INSERT INTO public.notice VALUES (127, NULL, 16, '2026-12-02 07:30:00', false, NULL, 'silent digest');
INSERT INTO public.notice VALUES (128, NULL, 4, '2026-12-02 07:30:00', false, NULL, 'sign of life');
INSERT INTO public.notice VALUES (129, NULL, 5, '2026-12-02 07:30:00', false, NULL, 'sign of life');
INSERT INTO public.notice VALUES (130, NULL, 12, '2026-11-30 08:00:00', false, NULL, 'sign of life');
INSERT INTO public.notice VALUES (72, '77118ef83558c65a', 3, '2026-11-29 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (73, '77118ef83558c65a', 4, '2026-12-02 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (75, '77118ef83558c65a', 6, '2026-11-29 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (76, '77118ef83558c65a', 7, '2026-12-02 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (77, '77118ef83558c65a', 8, '2026-11-29 09:00:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (80, '77118ef83558c65a', 11, '2026-12-29 05:19:40', false, NULL, 'event');
INSERT INTO public.notice VALUES (84, '6f8e4058c4ea298a', 3, '2026-11-29 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (85, '6f8e4058c4ea298a', 4, '2026-12-02 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (87, '6f8e4058c4ea298a', 6, '2026-11-29 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (88, '6f8e4058c4ea298a', 7, '2026-12-02 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (89, '6f8e4058c4ea298a', 8, '2026-11-29 09:00:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (92, '6f8e4058c4ea298a', 11, '2026-12-29 05:19:40', false, NULL, 'event');
INSERT INTO public.notice VALUES (96, 'edeb4152ba75f0e6', 3, '2026-11-29 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (97, 'edeb4152ba75f0e6', 4, '2026-12-02 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (99, 'edeb4152ba75f0e6', 6, '2026-11-29 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (100, 'edeb4152ba75f0e6', 7, '2026-12-02 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (101, 'edeb4152ba75f0e6', 8, '2026-11-29 09:00:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (102, 'edeb4152ba75f0e6', 11, '2026-12-29 05:19:40', false, NULL, 'event');
INSERT INTO public.notice VALUES (82, '6f8e4058c4ea298a', 1, '2026-11-29 05:19:49.336976', true, '8b12be6a1e5643b28b0f59eee65434b3', 'event');
INSERT INTO public.notice VALUES (94, 'edeb4152ba75f0e6', 1, '2026-11-29 07:30:00', false, '8b12be6a1e5643b28b0f59eee65434b3', 'event');
INSERT INTO public.notice VALUES (83, '6f8e4058c4ea298a', 2, '2026-11-29 05:19:49.336976', true, '87990813934b4610b0d517c7a7659b8e', 'event');
INSERT INTO public.notice VALUES (95, 'edeb4152ba75f0e6', 2, '2026-11-29 07:30:00', false, '87990813934b4610b0d517c7a7659b8e', 'event');
INSERT INTO public.notice VALUES (74, '77118ef83558c65a', 5, '2026-11-29 05:19:49.336976', true, 'e83aa7cc217648b9aca2a2dc9b035c8f', 'event');
INSERT INTO public.notice VALUES (86, '6f8e4058c4ea298a', 5, '2026-11-29 05:19:49.336976', true, 'e83aa7cc217648b9aca2a2dc9b035c8f', 'event');
INSERT INTO public.notice VALUES (98, 'edeb4152ba75f0e6', 5, '2026-11-29 07:30:00', false, 'e83aa7cc217648b9aca2a2dc9b035c8f', 'event');
INSERT INTO public.notice VALUES (78, '77118ef83558c65a', 9, '2026-11-29 05:19:49.336976', true, 'eb17fde2577c4f7da616056697ab4396', 'event');
INSERT INTO public.notice VALUES (90, '6f8e4058c4ea298a', 9, '2026-11-29 05:19:49.336976', true, 'eb17fde2577c4f7da616056697ab4396', 'event');
INSERT INTO public.notice VALUES (79, '77118ef83558c65a', 10, '2026-11-29 05:19:49.336976', true, '88ef0d653e29428f8fc093131c8a8ccb', 'event');
INSERT INTO public.notice VALUES (91, '6f8e4058c4ea298a', 10, '2026-11-29 05:19:49.336976', true, '88ef0d653e29428f8fc093131c8a8ccb', 'event');
INSERT INTO public.notice VALUES (81, '77118ef83558c65a', 12, '2026-11-29 05:19:49.336976', true, 'aa8ebb5017ad4df2a7ce52b20896842a', 'event');
INSERT INTO public.notice VALUES (93, '6f8e4058c4ea298a', 12, '2026-11-29 05:19:49.336976', true, 'aa8ebb5017ad4df2a7ce52b20896842a', 'event');
INSERT INTO public.notice VALUES (103, 'edeb4152ba75f0e6', 12, '2026-11-29 08:00:00', false, 'aa8ebb5017ad4df2a7ce52b20896842a', 'event');
INSERT INTO public.notice VALUES (104, '29effac3905567d4', 1, '2026-11-29 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (105, '29effac3905567d4', 2, '2026-11-29 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (106, '29effac3905567d4', 3, '2026-11-29 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (107, '29effac3905567d4', 4, '2026-12-02 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (108, '29effac3905567d4', 5, '2026-11-29 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (109, '29effac3905567d4', 6, '2026-11-29 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (110, '29effac3905567d4', 7, '2026-12-02 07:30:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (111, '29effac3905567d4', 8, '2026-11-29 09:00:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (112, '29effac3905567d4', 9, '2026-11-29 08:00:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (113, '29effac3905567d4', 11, '2026-12-29 05:19:40', false, NULL, 'event');
INSERT INTO public.notice VALUES (114, '29effac3905567d4', 12, '2026-11-29 08:00:00', false, NULL, 'event');
INSERT INTO public.notice VALUES (115, '29effac3905567d4', 13, '2026-11-29 08:00:00', false, NULL, 'event');
INSERT INTO public.overview VALUES ('1-1000000002', 'Larch Grove', 'larch grove', 'larch grove
12 orchard lane, netherby, leicestershire, le1 1aa
hartwell care limited
1-1000000002
le11aa', 'Care home', 'Netherby, Leicestershire', 'LE1 1AA', 'Hartwell Care Limited', 'inadequate', 'inadequate', 'inadequate', 'inadequate', 'inadequate', 'inadequate', 1, 'remains', false, NULL, NULL);
INSERT INTO public.overview VALUES ('1-1000000003', 'Hollins View', 'hollins view', 'hollins view
12 orchard lane, netherby, leicestershire, le1 1aa
hartwell care limited
1-1000000003
le11aa', 'Care home', 'Netherby, Leicestershire', 'LE1 1AA', 'Hartwell Care Limited', 'requires improvement', 'requires improvement', 'good', 'good', 'good', 'good', 1, NULL, false, '2026-11-29 05:19:48.13973', 'downgraded');
INSERT INTO public.overview VALUES ('1-1000000004', 'Brookside ‘Homecare’', 'brookside ‘homecare', 'brookside ‘homecare
12 orchard lane, netherby, leicestershire, le1 1aa
hartwell care limited
1-1000000004
le11aa', 'Care home', 'Netherby, Leicestershire', 'LE1 1AA', 'Hartwell Care Limited', 'inadequate', 'inadequate', 'good', 'good', 'good', 'inadequate', 1, 'entered', false, '2026-11-29 05:19:49.336976', 'downgraded');
INSERT INTO public.overview VALUES ('1-1000000005', 'Netherby Care at Home', 'netherby care at home', 'netherby care at home
12 orchard lane, netherby, leicestershire, le1 1aa
hartwell care limited
1-1000000005
le11aa', 'Homecare agencies', 'Netherby, Leicestershire', 'LE1 1AA', 'Hartwell Care Limited', 'good', 'good', 'good', 'good', 'good', 'good', 1, NULL, false, '2026-11-29 05:19:49.734945', 'score fell');
INSERT INTO public.overview VALUES ('1-1000000001', 'Orchard House', 'orchard house', 'orchard house
12 orchard lane, netherby, leicestershire, le1 1aa
hartwell care limited
1-1000000001
le11aa', 'Care home', 'Netherby, Leicestershire', 'LE1 1AA', 'Hartwell Care Limited', 'outstanding', 'outstanding', 'outstanding', 'outstanding', 'outstanding', 'outstanding', 1, NULL, false, NULL, NULL);
INSERT INTO public.page VALUES ('1-1000000002', 'https://www.cqc.example/location/1-1000000002', 0, NULL, NULL, 'd397632cdc9708fbf3315f20302c11e2', '0aac8656a0933651902b28d936c6dc35792d69a48d4843a564631a20a38b073b', '{"source":"location page","location_id":"1-1000000002","name":"Larch Grove","provider_name":"Hartwell Care Limited","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","registration":"registered","notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"inadequate","overall_published":"2023-04-18","key_questions":{"safe":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Inadequate"},"effective":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Inadequate"},"caring":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Inadequate"},"responsive":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Inadequate"},"well-led":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Inadequate"}},"overall_quote":"Overall: Inadequate read more about inspection ratings"}],"special_measures":{"state":"remains","quote":"This service remains in special measures."},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2023-03-02","links":[{"kind":"summary page","url":"/location/1-1000000002/inspection-summary","text":"Safe"},{"kind":"reports page","url":"/location/1-1000000002/reports","text":"See all reports"}],"unread":[]}', '2026-11-29 05:19:44.281275', 1);
INSERT INTO public.page VALUES ('1-1000000002', '/location/1-1000000002/inspection-summary', 1, NULL, NULL, '675764daa2827a7d671512c204fc03a2', '8f343034e324bf3506b5e770f1989bab9780dc3aa2490797a9e2eda2c1ee5ce3', '{"source":"summary page","location_id":null,"name":"Larch Grove","provider_name":null,"service_type":null,"address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"inadequate","overall_published":"2023-04-18","key_questions":{"safe":{"rating":"inadequate","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Safe Inadequate"},"effective":{"rating":"inadequate","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Effective Inadequate"},"caring":{"rating":"inadequate","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Caring Inadequate"},"responsive":{"rating":"inadequate","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Responsive Inadequate"},"well-led":{"rating":"inadequate","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Well-led Inadequate"}},"overall_quote":"Overall summary & rating Inadequate"}],"special_measures":{"state":"remains","quote":"This service remains in special measures."},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2023-04-18","links":[],"unread":[]}', '2026-11-29 05:19:45.118104', 1);
INSERT INTO public.page VALUES ('1-1000000003', 'https://www.cqc.example/location/1-1000000003', 0, NULL, NULL, '52af13fd986223f3b2b6ee932c630ac5', 'f2152b32eab98d09c70c0d0a249346783189387787812e2b61549b2f2f06d752', '{"source":"location page","location_id":"1-1000000003","name":"Hollins View","provider_name":"Hartwell Care Limited","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","registration":"registered","notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"requires improvement","overall_published":"2026-10-13","key_questions":{"safe":{"rating":"requires improvement","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Requires improvement"},"effective":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Good"},"well-led":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Good"}},"overall_quote":"Overall: Requires improvement read more about inspection ratings"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2026-09-01","links":[{"kind":"summary page","url":"/location/1-1000000003/inspection-summary","text":"Safe"},{"kind":"reports page","url":"/location/1-1000000003/reports","text":"See all reports"}],"unread":[]}', '2026-11-29 05:19:48.123301', 1);
INSERT INTO public.page VALUES ('1-1000000003', '/location/1-1000000003/inspection-summary', 1, NULL, NULL, 'b64c7024cb6d210f273915732214a5cc', '55f2a81dd42afa69010f7b92d207b469ee6ad23f5726474b6283e6d23bf30f0c', '{"source":"summary page","location_id":null,"name":"Hollins View","provider_name":null,"service_type":null,"address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"requires improvement","overall_published":"2026-10-13","key_questions":{"safe":{"rating":"requires improvement","score":null,"assessed":true,"published":"2026-10-13","statements":[],"quote":"Safe Requires improvement"},"effective":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Responsive Good"},"well-led":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Well-led Good"}},"overall_quote":"Overall summary & rating Requires improvement"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2026-10-13","links":[],"unread":[]}', '2026-11-29 05:19:48.134275', 1);
INSERT INTO public.page VALUES ('1-1000000004', 'https://www.cqc.example/location/1-1000000004', 0, NULL, NULL, 'ef54e90a60a8c531398562fcaa216ed3', '596c7fc764752878c222f45b672fcb71c899b12ea6ea89479412386a93c4e743', '{"source":"location page","location_id":"1-1000000004","name":"Brookside ‘Homecare’","provider_name":"Hartwell Care Limited","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","registration":"registered","notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"inadequate","overall_published":"2026-10-20","key_questions":{"safe":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Inadequate"},"effective":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Good"},"well-led":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Inadequate"}},"overall_quote":"Overall: Inadequate read more about inspection ratings"}],"special_measures":{"state":"entered","quote":"This service is being placed in special measures."},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2026-09-08","links":[{"kind":"summary page","url":"/location/1-1000000004/inspection-summary","text":"Safe"},{"kind":"reports page","url":"/location/1-1000000004/reports","text":"See all reports"}],"unread":[]}', '2026-11-29 05:19:49.310559', 1);
INSERT INTO public.page VALUES ('1-1000000004', '/location/1-1000000004/inspection-summary', 1, NULL, NULL, 'c042bb308f158e2d7cfb41e43f39de02', '3a8b15b84daf84aff173f6a57e327bcd0254be5e2bdd06346085ddfff4a49560', '{"source":"summary page","location_id":null,"name":"Brookside ‘Homecare’","provider_name":null,"service_type":null,"address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"inadequate","overall_published":"2026-10-20","key_questions":{"safe":{"rating":"inadequate","score":null,"assessed":true,"published":"2026-10-20","statements":[],"quote":"Safe Inadequate"},"effective":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Responsive Good"},"well-led":{"rating":"inadequate","score":null,"assessed":true,"published":"2026-10-20","statements":[],"quote":"Well-led Inadequate"}},"overall_quote":"Overall summary & rating Inadequate"}],"special_measures":{"state":"entered","quote":"This service is being placed in special measures."},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2026-10-20","links":[],"unread":[]}', '2026-11-29 05:19:49.330774', 1);
INSERT INTO public.page VALUES ('1-1000000005', 'https://www.cqc.example/location/1-1000000005', 0, NULL, NULL, '2803729f73e1f8a90fd471a225f3dd71', '6a924241dc54c9a26e06d7d0629579badf0dcacb7b3e917a9e56a874001a9181', '{"source":"location page","location_id":"1-1000000005","name":"Netherby Care at Home","provider_name":"Hartwell Care Limited","service_type":"Homecare agencies","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","registration":"registered","notices":[],"ratings":[{"group":null,"framework":"assessment","overall":"good","overall_published":"2025-04-02","key_questions":{"safe":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Good"},"effective":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Good"},"well-led":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Good"}},"overall_quote":"Overall: Good read more about inspection ratings"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"AP2001","links":[{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/safe","text":"Safe"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/effective","text":"Effective"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/caring","text":"Caring"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/responsive","text":"Responsive"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/well-led","text":"Well-led"},{"kind":"summary page","url":"/location/1-1000000005/inspection-summary","text":"Read overall summary"},{"kind":"reports page","url":"/location/1-1000000005/reports","text":"See all reports"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/overall","text":"Read the report"}],"unread":[]}', '2026-11-29 05:19:49.674428', 1);
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/reports/AP2001/safe', 1, NULL, NULL, '28f80c46e351744f6394ef3419e68645', '09cb40fd6121b95378d5a2a2de6c880b38d28ca231623fd53319ceadd9a6a58f', '{"source":"assessment page","location_id":null,"name":"Netherby Care at Home","provider_name":null,"service_type":"Homecare agencies","address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":null,"overall_published":null,"key_questions":{"safe":{"rating":"good","score":66,"assessed":true,"published":null,"statements":[{"name":"Learning culture","score":3,"assessed":true},{"name":"Safeguarding","score":3,"assessed":true},{"name":"Involving people to manage risks","score":3,"assessed":true},{"name":"Safe and effective staffing","score":3,"assessed":true}],"quote":"Safe Good"}},"overall_quote":null}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2025-02-28","links":[],"unread":[]}', '2026-11-29 05:19:49.689123', 1);
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/reports/AP2001/effective', 2, NULL, NULL, 'e035b06f5ff683bcd3b572a24d51cbc7', 'e6920a431649b9509743b6416f957c4c857a9c5843e1a7f166c919f41dd9f98f', '{"source":"assessment page","location_id":null,"name":"Netherby Care at Home","provider_name":null,"service_type":"Homecare agencies","address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":null,"overall_published":null,"key_questions":{"effective":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Good"}},"overall_quote":null}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2025-02-28","links":[],"unread":[]}', '2026-11-29 05:19:49.701258', 1);
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/reports/AP2001/caring', 3, NULL, NULL, '4d9dc655bd91a58d5cbf21eec8154b4d', '13c51a3391f6ab27c1677556c8819f7eb62e8adcd006f25118e4119964355f98', '{"source":"assessment page","location_id":null,"name":"Netherby Care at Home","provider_name":null,"service_type":"Homecare agencies","address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":null,"overall_published":null,"key_questions":{"caring":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Good"}},"overall_quote":null}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2025-02-28","links":[],"unread":[]}', '2026-11-29 05:19:49.706736', 1);
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/reports/AP2001/responsive', 4, NULL, NULL, '907984c5d3f00d14eaeb877a1374de7f', 'ffd3034ab6fdce2d3b8479ec926ff3a64d6662f09d5376c381e20536abc33803', '{"source":"assessment page","location_id":null,"name":"Netherby Care at Home","provider_name":null,"service_type":"Homecare agencies","address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":null,"overall_published":null,"key_questions":{"responsive":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Good"}},"overall_quote":null}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2025-02-28","links":[],"unread":[]}', '2026-11-29 05:19:49.712468', 1);
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/reports/AP2001/well-led', 5, NULL, NULL, '99afcab34ff80fa93479758bed8ea98a', '5c5e04004bd52ac6a1c2951c46e47001c8e4956972d4bbf9c6c01ba3bd82df76', '{"source":"assessment page","location_id":null,"name":"Netherby Care at Home","provider_name":null,"service_type":"Homecare agencies","address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":null,"overall_published":null,"key_questions":{"well-led":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Good"}},"overall_quote":null}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2025-02-28","links":[],"unread":[]}', '2026-11-29 05:19:49.717946', 1);
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/inspection-summary', 6, NULL, NULL, '6342083afdb25aecccc01f9cab64ef05', '66d92f9b929493238e51024e96d9cae427af27f42d76ea643dbf428d5a1993d0', '{"source":"summary page","location_id":null,"name":"Netherby Care at Home","provider_name":null,"service_type":null,"address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":"good","overall_published":null,"key_questions":{"safe":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Good"},"effective":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Good"},"well-led":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Good"}},"overall_quote":"Overall summary & rating Good"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":null,"links":[],"unread":[]}', '2026-11-29 05:19:49.723954', 1);
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/reports/AP2001/overall', 7, NULL, NULL, '39fce4683ff4f94460fd77dd650e52a6', '09d5140b7df60e514e73a961e41d34f43327e300ea0b5502c8ca77149c168d65', '{"source":"assessment page","location_id":"1-1000000005","name":"Netherby Care at Home","provider_name":null,"service_type":"Homecare agencies","address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":"good","overall_published":null,"key_questions":{"safe":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Good"},"effective":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Good"},"well-led":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Good"}},"overall_quote":"Overall Good"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"AP2001","links":[{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/safe","text":"Safe"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/effective","text":"Effective"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/caring","text":"Caring"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/responsive","text":"Responsive"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/well-led","text":"Well-led"}],"unread":[]}', '2026-11-29 05:19:49.730908', 1);
INSERT INTO public.page VALUES ('1-1000000001', 'https://www.cqc.example/location/1-1000000001', 0, NULL, NULL, '12cb936059285ea9f500df0c5576dfa2', 'ffc8a49f50d321d9940604d3c97520fefc673f6de2b6dac894a8756c9b55a339', '{"source":"location page","location_id":"1-1000000001","name":"Orchard House","provider_name":"Hartwell Care Limited","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","registration":"registered","notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"good","overall_published":"2026-10-27","key_questions":{"safe":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Good"},"effective":{"rating":"outstanding","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Outstanding"},"caring":{"rating":"outstanding","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Outstanding"},"responsive":{"rating":"outstanding","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Outstanding"},"well-led":{"rating":"outstanding","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Outstanding"}},"overall_quote":"Overall: Good read more about inspection ratings"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2026-09-15","links":[{"kind":"summary page","url":"/location/1-1000000001/inspection-summary","text":"Safe"},{"kind":"reports page","url":"/location/1-1000000001/reports","text":"See all reports"}],"unread":[]}', '2026-11-29 05:19:50.052055', 1);
INSERT INTO public.page VALUES ('1-1000000001', '/location/1-1000000001/inspection-summary', 1, NULL, NULL, 'fb42b658363145bdcf247f0d00770151', '5cda347808778144286bf20dd3e27d451040dffb20f4ed5658a7259dde144081', '{"source":"summary page","location_id":null,"name":"Orchard House","provider_name":null,"service_type":null,"address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"good","overall_published":"2026-10-27","key_questions":{"safe":{"rating":"good","score":null,"assessed":true,"published":"2026-10-27","statements":[],"quote":"Safe Good"},"effective":{"rating":"outstanding","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Effective Outstanding"},"caring":{"rating":"outstanding","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Caring Outstanding"},"responsive":{"rating":"outstanding","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Responsive Outstanding"},"well-led":{"rating":"outstanding","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Well-led Outstanding"}},"overall_quote":"Overall summary & rating Good"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2026-10-27","links":[],"unread":[]}', '2026-11-29 05:19:50.072693', 1);
INSERT INTO public.person VALUES (1, 'operator@council.example', 'operator', NULL, '2026-11-19 05:19:40', NULL);
INSERT INTO public.person VALUES (2, 'editor@council.example', 'editor', 1, '2026-11-19 05:19:40', NULL);
INSERT INTO public.person VALUES (3, 'left@council.example', 'reader', 1, '2026-11-19 05:19:40', '2026-11-19 05:19:40');
INSERT INTO public.person VALUES (4, 'no-reports@council.example', 'reader', 1, '2026-11-19 05:19:40', NULL);
INSERT INTO public.person VALUES (5, 'few@council.example', 'reader', 1, '2026-11-19 05:19:40', NULL);
INSERT INTO public.person VALUES (6, 'paused@council.example', 'reader', 1, '2026-11-19 05:19:40', NULL);
INSERT INTO public.person VALUES (7, 'all@council.example', 'reader', 1, '2026-11-19 05:19:40', NULL);
INSERT INTO public.person VALUES (8, 'scores@council.example', 'reader', 1, '2026-11-19 05:19:40', NULL);
INSERT INTO public.person VALUES (9, 'none@council.example', 'reader', 1, '2026-11-19 05:19:40', NULL);
INSERT INTO public.register VALUES ('1-1000000007', 'Home 1-1000000007', 'home 1-1000000007', 'home 1-1000000007
1-1000000007
', NULL, NULL, NULL, NULL, NULL, 'Leicestershire', NULL, '|Residential homes|', '|', 'care home', 30, NULL, NULL, NULL, '2015-01-01', 'good', 'good', 'good', 'good', 'good', 'good', NULL, '2025-06-01', '2026-11-05', '2026-11-05', NULL);
INSERT INTO public.register VALUES ('1-1000000003', 'Home 1-1000000003', 'home 1-1000000003', 'home 1-1000000003
1-1000000003
', NULL, NULL, NULL, NULL, NULL, 'Leicestershire', NULL, '|Residential homes|', '|', 'care home', 30, NULL, NULL, NULL, '2015-01-01', 'good', 'good', 'good', 'good', 'good', 'good', NULL, '2025-06-01', '2026-11-05', '2026-11-05', NULL);
INSERT INTO public.register VALUES ('1-1000000002', 'Home 1-1000000002', 'home 1-1000000002', 'home 1-1000000002
1-1000000002
', NULL, NULL, NULL, NULL, NULL, 'Leicestershire', NULL, '|Residential homes|', '|', 'care home', 30, NULL, NULL, NULL, '2015-01-01', 'good', 'good', 'good', 'good', 'good', 'good', NULL, '2025-06-01', '2026-11-05', '2026-11-05', NULL);
INSERT INTO public.register VALUES ('1-1000000001', 'Home 1-1000000001', 'home 1-1000000001', 'home 1-1000000001
1-1000000001
', NULL, NULL, NULL, NULL, NULL, 'Leicestershire', NULL, '|Residential homes|', '|', 'care home', 30, NULL, NULL, NULL, '2015-01-01', 'good', 'good', 'good', 'good', 'good', 'good', NULL, '2025-06-01', '2026-11-05', '2026-11-05', NULL);
INSERT INTO public.register_file VALUES (1, 'active locations', 'active_locations.ods', '2026-11-05', '2026-11-29 05:19:40', 4, 24, 4, 0, NULL, NULL, NULL, '0000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO public.register_history VALUES ('1-1000000007', '2026-11-05', true, 'Home 1-1000000007', 'Leicestershire', NULL, '|Residential homes|', 'care home', 30, NULL, NULL, NULL, '2015-01-01', 'good', NULL, NULL, NULL, NULL, NULL, '2025-06-01');
INSERT INTO public.register_history VALUES ('1-1000000003', '2026-11-05', true, 'Home 1-1000000003', 'Leicestershire', NULL, '|Residential homes|', 'care home', 30, NULL, NULL, NULL, '2015-01-01', 'good', NULL, NULL, NULL, NULL, NULL, '2025-06-01');
INSERT INTO public.register_history VALUES ('1-1000000002', '2026-11-05', true, 'Home 1-1000000002', 'Leicestershire', NULL, '|Residential homes|', 'care home', 30, NULL, NULL, NULL, '2015-01-01', 'good', NULL, NULL, NULL, NULL, NULL, '2025-06-01');
INSERT INTO public.register_history VALUES ('1-1000000001', '2026-11-05', true, 'Home 1-1000000001', 'Leicestershire', NULL, '|Residential homes|', 'care home', 30, NULL, NULL, NULL, '2015-01-01', 'good', NULL, NULL, NULL, NULL, NULL, '2025-06-01');
INSERT INTO public.rule VALUES ('By rule', '{"authorities":["Leicestershire"],"regions":[],"sectors":[],"types":[],"providers":[],"brands":[],"specialisms":[],"ratings":[],"near":null}', '2026-11-29 05:19:40', '2026-11-29 05:19:40', 1);
INSERT INTO public.service VALUES ('1-1000000006', 0, '[]', '2026-11-19 05:19:40', '2026-11-29 05:21:45.155486', '2026-11-29 05:19:45.155486', NULL, NULL, true, false, 1, 'CQC''s answer was empty', NULL, 'page', '2026-11-29 05:19:45.155486', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.service VALUES ('1-1000000007', 0, '[]', '2026-11-29 05:19:40', '2026-11-29 05:19:40', NULL, NULL, NULL, true, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.service VALUES ('1-1000000003', 3, '[]', '2026-11-19 05:19:40', '2026-11-29 05:19:40', '2026-11-29 05:19:48.13973', '2026-11-29 05:19:48.13973', '2026-11-29 05:19:48.13973', true, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-29 05:19:48.13973');
INSERT INTO public.service VALUES ('1-1000000002', 1, '[]', '2026-11-19 05:19:40', '2026-11-29 11:19:40', '2026-11-29 05:19:40', '2026-11-29 05:19:40', '2026-11-29 05:19:45.126574', true, true, 0, NULL, NULL, NULL, NULL, '2026-11-29 05:19:40', '2026-11-29 05:19:40', NULL, NULL, '2026-11-29 05:19:45.126574');
INSERT INTO public.service VALUES ('1-1000000004', 3, '[]', '2026-11-19 05:19:40', '2026-11-29 08:46:17.184326', '2026-11-29 05:19:49.336976', '2026-11-29 05:19:49.336976', '2026-11-29 05:19:49.336976', true, true, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-29 05:19:49.336976');
INSERT INTO public.service VALUES ('1-1000000005', 3, '[]', '2026-11-19 05:19:40', '2026-11-29 11:43:38.733189', '2026-11-29 05:19:49.734945', '2026-11-29 05:19:49.734945', '2026-11-29 05:19:49.734945', true, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-29 05:19:49.734945');
INSERT INTO public.service VALUES ('1-1000000001', 2, '[{"mark":"rating||overall|downgraded|good","since":"2026-11-29T05:19:50.078674Z","due":"2026-11-29T07:19:50.078674Z","dated":true,"odd":false,"by_api":false,"late":false},{"mark":"rating||safe|downgraded|good","since":"2026-11-29T05:19:50.078674Z","due":"2026-11-29T07:19:50.078674Z","dated":true,"odd":false,"by_api":false,"late":false},{"mark":"reports|||report published|9499aee670fe2683","since":"2026-11-29T05:19:50.078674Z","due":"2026-11-29T07:19:50.078674Z","dated":true,"odd":false,"by_api":false,"late":false}]', '2026-11-19 05:19:40', '2026-11-29 07:19:50.078674', '2026-11-29 05:19:50.078674', '2026-11-29 05:19:50.078674', '2026-11-29 05:19:50.078674', true, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-29 05:19:44.904685');
INSERT INTO public.session VALUES ('59b7a5d8a5864d47e71d863653f141f7c590bfbf8c2c8c9aae85ea391e57e3f0', 2, 'Firefox', '2026-11-19 05:19:40', '2026-11-19 17:19:40', NULL);
INSERT INTO public.sign_in_link VALUES ('2a5239a278fcff1c50c381859e20b4ffaf7dfdea88264ece2c8818a50747fbe2', 'editor@council.example', NULL, NULL, '2026-11-19 05:19:40', '2026-11-20 05:19:40', '2026-11-19 05:19:40');
INSERT INTO public.sign_in_link VALUES ('0ef1be9d7f462aebda2daf4340906c1bdfe98cfeb6d46b9445cc4dd0530ff1ff', 'operator@council.example', NULL, NULL, '2026-11-29 05:19:40', '2026-11-30 05:19:40', NULL);
INSERT INTO public.site VALUES ('outage', NULL, NULL, NULL, 0, NULL, false, NULL);
INSERT INTO public.site VALUES ('cqc', '2026-11-29 05:19:50.138238', NULL, NULL, 0, NULL, false, NULL);
INSERT INTO public.snapshot VALUES ('1-1000000001', 1, '2026-11-29 05:19:44.904685', '{"location_id":"1-1000000001","seq":1,"seen_at":"2026-11-29T05:19:44.904685Z","card":{"name":"Orchard House","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"f3a3cb0f468182679cd3cbd9ec5677d9f62330c4f8a83d4951c28ba00e1d2739","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"f3a3cb0f468182679cd3cbd9ec5677d9f62330c4f8a83d4951c28ba00e1d2739","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"f3a3cb0f468182679cd3cbd9ec5677d9f62330c4f8a83d4951c28ba00e1d2739","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"f3a3cb0f468182679cd3cbd9ec5677d9f62330c4f8a83d4951c28ba00e1d2739","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"f3a3cb0f468182679cd3cbd9ec5677d9f62330c4f8a83d4951c28ba00e1d2739","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"outstanding","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"f3a3cb0f468182679cd3cbd9ec5677d9f62330c4f8a83d4951c28ba00e1d2739","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"f3a3cb0f468182679cd3cbd9ec5677d9f62330c4f8a83d4951c28ba00e1d2739","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"f3a3cb0f468182679cd3cbd9ec5677d9f62330c4f8a83d4951c28ba00e1d2739","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"f3a3cb0f468182679cd3cbd9ec5677d9f62330c4f8a83d4951c28ba00e1d2739","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"f3a3cb0f468182679cd3cbd9ec5677d9f62330c4f8a83d4951c28ba00e1d2739","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"f3a3cb0f468182679cd3cbd9ec5677d9f62330c4f8a83d4951c28ba00e1d2739","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"f3a3cb0f468182679cd3cbd9ec5677d9f62330c4f8a83d4951c28ba00e1d2739","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000003', 1, '2026-11-29 05:19:44.984596', '{"location_id":"1-1000000003","seq":1,"seen_at":"2026-11-29T05:19:44.984596Z","card":{"name":"Hollins View","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"9e1c4d92e71fcbbfcfa148910a51992b9d9aa6f33b84a51e2da2252ec492e64e","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"9e1c4d92e71fcbbfcfa148910a51992b9d9aa6f33b84a51e2da2252ec492e64e","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"9e1c4d92e71fcbbfcfa148910a51992b9d9aa6f33b84a51e2da2252ec492e64e","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"9e1c4d92e71fcbbfcfa148910a51992b9d9aa6f33b84a51e2da2252ec492e64e","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"9e1c4d92e71fcbbfcfa148910a51992b9d9aa6f33b84a51e2da2252ec492e64e","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"9e1c4d92e71fcbbfcfa148910a51992b9d9aa6f33b84a51e2da2252ec492e64e","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"9e1c4d92e71fcbbfcfa148910a51992b9d9aa6f33b84a51e2da2252ec492e64e","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"9e1c4d92e71fcbbfcfa148910a51992b9d9aa6f33b84a51e2da2252ec492e64e","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"9e1c4d92e71fcbbfcfa148910a51992b9d9aa6f33b84a51e2da2252ec492e64e","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"9e1c4d92e71fcbbfcfa148910a51992b9d9aa6f33b84a51e2da2252ec492e64e","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"9e1c4d92e71fcbbfcfa148910a51992b9d9aa6f33b84a51e2da2252ec492e64e","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"9e1c4d92e71fcbbfcfa148910a51992b9d9aa6f33b84a51e2da2252ec492e64e","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000004', 1, '2026-11-29 05:19:45.036719', '{"location_id":"1-1000000004","seq":1,"seen_at":"2026-11-29T05:19:45.036719Z","card":{"name":"Brookside ‘Homecare’","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"1b8fcec284505b134e97a52f3eeb5d1fcae2b9b23a0599418f881984044d4d04","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"1b8fcec284505b134e97a52f3eeb5d1fcae2b9b23a0599418f881984044d4d04","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"1b8fcec284505b134e97a52f3eeb5d1fcae2b9b23a0599418f881984044d4d04","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"1b8fcec284505b134e97a52f3eeb5d1fcae2b9b23a0599418f881984044d4d04","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"1b8fcec284505b134e97a52f3eeb5d1fcae2b9b23a0599418f881984044d4d04","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"1b8fcec284505b134e97a52f3eeb5d1fcae2b9b23a0599418f881984044d4d04","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"1b8fcec284505b134e97a52f3eeb5d1fcae2b9b23a0599418f881984044d4d04","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"1b8fcec284505b134e97a52f3eeb5d1fcae2b9b23a0599418f881984044d4d04","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"1b8fcec284505b134e97a52f3eeb5d1fcae2b9b23a0599418f881984044d4d04","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"1b8fcec284505b134e97a52f3eeb5d1fcae2b9b23a0599418f881984044d4d04","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"1b8fcec284505b134e97a52f3eeb5d1fcae2b9b23a0599418f881984044d4d04","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"1b8fcec284505b134e97a52f3eeb5d1fcae2b9b23a0599418f881984044d4d04","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000002', 1, '2026-11-29 05:19:45.126574', '{"location_id":"1-1000000002","seq":1,"seen_at":"2026-11-29T05:19:45.126574Z","card":{"name":"Larch Grove","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"0aac8656a0933651902b28d936c6dc35792d69a48d4843a564631a20a38b073b","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"0aac8656a0933651902b28d936c6dc35792d69a48d4843a564631a20a38b073b","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"0aac8656a0933651902b28d936c6dc35792d69a48d4843a564631a20a38b073b","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"0aac8656a0933651902b28d936c6dc35792d69a48d4843a564631a20a38b073b","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"0aac8656a0933651902b28d936c6dc35792d69a48d4843a564631a20a38b073b","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"inadequate","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"0aac8656a0933651902b28d936c6dc35792d69a48d4843a564631a20a38b073b","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"0aac8656a0933651902b28d936c6dc35792d69a48d4843a564631a20a38b073b","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"0aac8656a0933651902b28d936c6dc35792d69a48d4843a564631a20a38b073b","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"0aac8656a0933651902b28d936c6dc35792d69a48d4843a564631a20a38b073b","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"0aac8656a0933651902b28d936c6dc35792d69a48d4843a564631a20a38b073b","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"0aac8656a0933651902b28d936c6dc35792d69a48d4843a564631a20a38b073b","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"remains","instead":null,"published":"2023-04-18","quote":"This service remains in special measures.","report":"2023-03-02","page":"0aac8656a0933651902b28d936c6dc35792d69a48d4843a564631a20a38b073b","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000005', 1, '2026-11-29 05:19:45.147772', '{"location_id":"1-1000000005","seq":1,"seen_at":"2026-11-29T05:19:45.147772Z","card":{"name":"Netherby Care at Home","service_type":"Homecare agencies","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"62fdfd0e491e1be71fc74f008e5a4b399dec1cd644c8720c5623e1f21d389c95","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"62fdfd0e491e1be71fc74f008e5a4b399dec1cd644c8720c5623e1f21d389c95","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"62fdfd0e491e1be71fc74f008e5a4b399dec1cd644c8720c5623e1f21d389c95","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"62fdfd0e491e1be71fc74f008e5a4b399dec1cd644c8720c5623e1f21d389c95","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"62fdfd0e491e1be71fc74f008e5a4b399dec1cd644c8720c5623e1f21d389c95","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2025-04-02","quote":null,"report":null,"page":"62fdfd0e491e1be71fc74f008e5a4b399dec1cd644c8720c5623e1f21d389c95","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"62fdfd0e491e1be71fc74f008e5a4b399dec1cd644c8720c5623e1f21d389c95","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"62fdfd0e491e1be71fc74f008e5a4b399dec1cd644c8720c5623e1f21d389c95","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"62fdfd0e491e1be71fc74f008e5a4b399dec1cd644c8720c5623e1f21d389c95","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"62fdfd0e491e1be71fc74f008e5a4b399dec1cd644c8720c5623e1f21d389c95","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["AP2001"],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"62fdfd0e491e1be71fc74f008e5a4b399dec1cd644c8720c5623e1f21d389c95","by_api":false}],[{"aspect":"score","group":"","of":"Involving people to manage risks"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"aa04148e1bf02f33026efb3f0119fb9c508b48722ca5464a304a0d7e0ee4b4bd","by_api":false}],[{"aspect":"score","group":"","of":"Learning culture"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"aa04148e1bf02f33026efb3f0119fb9c508b48722ca5464a304a0d7e0ee4b4bd","by_api":false}],[{"aspect":"score","group":"","of":"Safe and effective staffing"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"aa04148e1bf02f33026efb3f0119fb9c508b48722ca5464a304a0d7e0ee4b4bd","by_api":false}],[{"aspect":"score","group":"","of":"Safeguarding"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"aa04148e1bf02f33026efb3f0119fb9c508b48722ca5464a304a0d7e0ee4b4bd","by_api":false}],[{"aspect":"score","group":"","of":"safe"},{"value":75,"instead":null,"published":null,"quote":null,"report":null,"page":"aa04148e1bf02f33026efb3f0119fb9c508b48722ca5464a304a0d7e0ee4b4bd","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2025-04-02","quote":null,"report":null,"page":"62fdfd0e491e1be71fc74f008e5a4b399dec1cd644c8720c5623e1f21d389c95","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000003', 2, '2026-11-29 05:19:48.098102', '{"location_id":"1-1000000003","seq":2,"seen_at":"2026-11-29T05:19:48.098102Z","card":{"name":"Hollins View","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"4bdad1c357c912049d8a3c2b5d0a094dc2ca1d015479794a143187941d5b6d82","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"4bdad1c357c912049d8a3c2b5d0a094dc2ca1d015479794a143187941d5b6d82","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"4bdad1c357c912049d8a3c2b5d0a094dc2ca1d015479794a143187941d5b6d82","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"4bdad1c357c912049d8a3c2b5d0a094dc2ca1d015479794a143187941d5b6d82","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"4bdad1c357c912049d8a3c2b5d0a094dc2ca1d015479794a143187941d5b6d82","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"9e1c4d92e71fcbbfcfa148910a51992b9d9aa6f33b84a51e2da2252ec492e64e","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"4bdad1c357c912049d8a3c2b5d0a094dc2ca1d015479794a143187941d5b6d82","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"9e1c4d92e71fcbbfcfa148910a51992b9d9aa6f33b84a51e2da2252ec492e64e","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"4bdad1c357c912049d8a3c2b5d0a094dc2ca1d015479794a143187941d5b6d82","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"4bdad1c357c912049d8a3c2b5d0a094dc2ca1d015479794a143187941d5b6d82","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"9e1c4d92e71fcbbfcfa148910a51992b9d9aa6f33b84a51e2da2252ec492e64e","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"9e1c4d92e71fcbbfcfa148910a51992b9d9aa6f33b84a51e2da2252ec492e64e","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000003', 3, '2026-11-29 05:19:48.13973', '{"location_id":"1-1000000003","seq":3,"seen_at":"2026-11-29T05:19:48.139730Z","card":{"name":"Hollins View","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"f2152b32eab98d09c70c0d0a249346783189387787812e2b61549b2f2f06d752","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"f2152b32eab98d09c70c0d0a249346783189387787812e2b61549b2f2f06d752","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"f2152b32eab98d09c70c0d0a249346783189387787812e2b61549b2f2f06d752","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"f2152b32eab98d09c70c0d0a249346783189387787812e2b61549b2f2f06d752","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"f2152b32eab98d09c70c0d0a249346783189387787812e2b61549b2f2f06d752","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"requires improvement","instead":null,"published":"2026-10-13","quote":null,"report":null,"page":"f2152b32eab98d09c70c0d0a249346783189387787812e2b61549b2f2f06d752","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"f2152b32eab98d09c70c0d0a249346783189387787812e2b61549b2f2f06d752","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"requires improvement","instead":null,"published":null,"quote":null,"report":null,"page":"f2152b32eab98d09c70c0d0a249346783189387787812e2b61549b2f2f06d752","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"f2152b32eab98d09c70c0d0a249346783189387787812e2b61549b2f2f06d752","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"f2152b32eab98d09c70c0d0a249346783189387787812e2b61549b2f2f06d752","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02","2026-09-01"],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"f2152b32eab98d09c70c0d0a249346783189387787812e2b61549b2f2f06d752","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"9e1c4d92e71fcbbfcfa148910a51992b9d9aa6f33b84a51e2da2252ec492e64e","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000004', 2, '2026-11-29 05:19:49.2767', '{"location_id":"1-1000000004","seq":2,"seen_at":"2026-11-29T05:19:49.276700Z","card":{"name":"Brookside ‘Homecare’","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"0bf521008d62e5da01a19a281b8bb01a302888135b06b09ce7c05514b82e63cb","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"0bf521008d62e5da01a19a281b8bb01a302888135b06b09ce7c05514b82e63cb","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"0bf521008d62e5da01a19a281b8bb01a302888135b06b09ce7c05514b82e63cb","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"0bf521008d62e5da01a19a281b8bb01a302888135b06b09ce7c05514b82e63cb","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"0bf521008d62e5da01a19a281b8bb01a302888135b06b09ce7c05514b82e63cb","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"1b8fcec284505b134e97a52f3eeb5d1fcae2b9b23a0599418f881984044d4d04","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"0bf521008d62e5da01a19a281b8bb01a302888135b06b09ce7c05514b82e63cb","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"1b8fcec284505b134e97a52f3eeb5d1fcae2b9b23a0599418f881984044d4d04","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"1b8fcec284505b134e97a52f3eeb5d1fcae2b9b23a0599418f881984044d4d04","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"0bf521008d62e5da01a19a281b8bb01a302888135b06b09ce7c05514b82e63cb","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"1b8fcec284505b134e97a52f3eeb5d1fcae2b9b23a0599418f881984044d4d04","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"1b8fcec284505b134e97a52f3eeb5d1fcae2b9b23a0599418f881984044d4d04","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000004', 3, '2026-11-29 05:19:49.336976', '{"location_id":"1-1000000004","seq":3,"seen_at":"2026-11-29T05:19:49.336976Z","card":{"name":"Brookside ‘Homecare’","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"596c7fc764752878c222f45b672fcb71c899b12ea6ea89479412386a93c4e743","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"596c7fc764752878c222f45b672fcb71c899b12ea6ea89479412386a93c4e743","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"596c7fc764752878c222f45b672fcb71c899b12ea6ea89479412386a93c4e743","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"596c7fc764752878c222f45b672fcb71c899b12ea6ea89479412386a93c4e743","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"596c7fc764752878c222f45b672fcb71c899b12ea6ea89479412386a93c4e743","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"inadequate","instead":null,"published":"2026-10-20","quote":null,"report":null,"page":"596c7fc764752878c222f45b672fcb71c899b12ea6ea89479412386a93c4e743","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"596c7fc764752878c222f45b672fcb71c899b12ea6ea89479412386a93c4e743","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"596c7fc764752878c222f45b672fcb71c899b12ea6ea89479412386a93c4e743","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"596c7fc764752878c222f45b672fcb71c899b12ea6ea89479412386a93c4e743","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"596c7fc764752878c222f45b672fcb71c899b12ea6ea89479412386a93c4e743","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02","2026-09-08"],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"596c7fc764752878c222f45b672fcb71c899b12ea6ea89479412386a93c4e743","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"entered","instead":null,"published":"2026-10-20","quote":"This service is being placed in special measures.","report":"2026-09-08","page":"596c7fc764752878c222f45b672fcb71c899b12ea6ea89479412386a93c4e743","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000005', 2, '2026-11-29 05:19:49.639105', '{"location_id":"1-1000000005","seq":2,"seen_at":"2026-11-29T05:19:49.639105Z","card":{"name":"Netherby Care at Home","service_type":"Homecare agencies","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"fea4121eef93a8e1d7b389854cfdadf58f80b2d78e5eaa51a33f97795ee896f6","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"fea4121eef93a8e1d7b389854cfdadf58f80b2d78e5eaa51a33f97795ee896f6","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"fea4121eef93a8e1d7b389854cfdadf58f80b2d78e5eaa51a33f97795ee896f6","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"fea4121eef93a8e1d7b389854cfdadf58f80b2d78e5eaa51a33f97795ee896f6","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"fea4121eef93a8e1d7b389854cfdadf58f80b2d78e5eaa51a33f97795ee896f6","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2025-04-02","quote":null,"report":null,"page":"fea4121eef93a8e1d7b389854cfdadf58f80b2d78e5eaa51a33f97795ee896f6","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"fea4121eef93a8e1d7b389854cfdadf58f80b2d78e5eaa51a33f97795ee896f6","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"fea4121eef93a8e1d7b389854cfdadf58f80b2d78e5eaa51a33f97795ee896f6","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"fea4121eef93a8e1d7b389854cfdadf58f80b2d78e5eaa51a33f97795ee896f6","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"fea4121eef93a8e1d7b389854cfdadf58f80b2d78e5eaa51a33f97795ee896f6","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["AP2001"],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"fea4121eef93a8e1d7b389854cfdadf58f80b2d78e5eaa51a33f97795ee896f6","by_api":false}],[{"aspect":"score","group":"","of":"Involving people to manage risks"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"6082f24e688329f74f1d11e6223a331e02c2b77b042fc276ee66f12168b1a9fb","by_api":false}],[{"aspect":"score","group":"","of":"Learning culture"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"6082f24e688329f74f1d11e6223a331e02c2b77b042fc276ee66f12168b1a9fb","by_api":false}],[{"aspect":"score","group":"","of":"Safe and effective staffing"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"6082f24e688329f74f1d11e6223a331e02c2b77b042fc276ee66f12168b1a9fb","by_api":false}],[{"aspect":"score","group":"","of":"Safeguarding"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"6082f24e688329f74f1d11e6223a331e02c2b77b042fc276ee66f12168b1a9fb","by_api":false}],[{"aspect":"score","group":"","of":"safe"},{"value":75,"instead":null,"published":null,"quote":null,"report":null,"page":"aa04148e1bf02f33026efb3f0119fb9c508b48722ca5464a304a0d7e0ee4b4bd","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2025-04-02","quote":null,"report":null,"page":"62fdfd0e491e1be71fc74f008e5a4b399dec1cd644c8720c5623e1f21d389c95","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000005', 3, '2026-11-29 05:19:49.734945', '{"location_id":"1-1000000005","seq":3,"seen_at":"2026-11-29T05:19:49.734945Z","card":{"name":"Netherby Care at Home","service_type":"Homecare agencies","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"6a924241dc54c9a26e06d7d0629579badf0dcacb7b3e917a9e56a874001a9181","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"6a924241dc54c9a26e06d7d0629579badf0dcacb7b3e917a9e56a874001a9181","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"6a924241dc54c9a26e06d7d0629579badf0dcacb7b3e917a9e56a874001a9181","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"6a924241dc54c9a26e06d7d0629579badf0dcacb7b3e917a9e56a874001a9181","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"6a924241dc54c9a26e06d7d0629579badf0dcacb7b3e917a9e56a874001a9181","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2025-04-02","quote":null,"report":null,"page":"6a924241dc54c9a26e06d7d0629579badf0dcacb7b3e917a9e56a874001a9181","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"6a924241dc54c9a26e06d7d0629579badf0dcacb7b3e917a9e56a874001a9181","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"6a924241dc54c9a26e06d7d0629579badf0dcacb7b3e917a9e56a874001a9181","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"6a924241dc54c9a26e06d7d0629579badf0dcacb7b3e917a9e56a874001a9181","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"6a924241dc54c9a26e06d7d0629579badf0dcacb7b3e917a9e56a874001a9181","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["AP2001"],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"6a924241dc54c9a26e06d7d0629579badf0dcacb7b3e917a9e56a874001a9181","by_api":false}],[{"aspect":"score","group":"","of":"Involving people to manage risks"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"09cb40fd6121b95378d5a2a2de6c880b38d28ca231623fd53319ceadd9a6a58f","by_api":false}],[{"aspect":"score","group":"","of":"Learning culture"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"09cb40fd6121b95378d5a2a2de6c880b38d28ca231623fd53319ceadd9a6a58f","by_api":false}],[{"aspect":"score","group":"","of":"Safe and effective staffing"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"09cb40fd6121b95378d5a2a2de6c880b38d28ca231623fd53319ceadd9a6a58f","by_api":false}],[{"aspect":"score","group":"","of":"Safeguarding"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"09cb40fd6121b95378d5a2a2de6c880b38d28ca231623fd53319ceadd9a6a58f","by_api":false}],[{"aspect":"score","group":"","of":"safe"},{"value":66,"instead":null,"published":null,"quote":null,"report":null,"page":"09cb40fd6121b95378d5a2a2de6c880b38d28ca231623fd53319ceadd9a6a58f","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2025-04-02","quote":null,"report":null,"page":"62fdfd0e491e1be71fc74f008e5a4b399dec1cd644c8720c5623e1f21d389c95","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000001', 2, '2026-11-29 05:19:50.078674', '{"location_id":"1-1000000001","seq":2,"seen_at":"2026-11-29T05:19:50.078674Z","card":{"name":"Orchard House","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-27","quote":null,"report":"2026-09-15","page":"ffc8a49f50d321d9940604d3c97520fefc673f6de2b6dac894a8756c9b55a339","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-27","quote":null,"report":"2026-09-15","page":"ffc8a49f50d321d9940604d3c97520fefc673f6de2b6dac894a8756c9b55a339","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-27","quote":null,"report":"2026-09-15","page":"ffc8a49f50d321d9940604d3c97520fefc673f6de2b6dac894a8756c9b55a339","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"ffc8a49f50d321d9940604d3c97520fefc673f6de2b6dac894a8756c9b55a339","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"ffc8a49f50d321d9940604d3c97520fefc673f6de2b6dac894a8756c9b55a339","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"outstanding","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"f3a3cb0f468182679cd3cbd9ec5677d9f62330c4f8a83d4951c28ba00e1d2739","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"ffc8a49f50d321d9940604d3c97520fefc673f6de2b6dac894a8756c9b55a339","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"f3a3cb0f468182679cd3cbd9ec5677d9f62330c4f8a83d4951c28ba00e1d2739","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"ffc8a49f50d321d9940604d3c97520fefc673f6de2b6dac894a8756c9b55a339","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"ffc8a49f50d321d9940604d3c97520fefc673f6de2b6dac894a8756c9b55a339","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"f3a3cb0f468182679cd3cbd9ec5677d9f62330c4f8a83d4951c28ba00e1d2739","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"f3a3cb0f468182679cd3cbd9ec5677d9f62330c4f8a83d4951c28ba00e1d2739","by_api":false}]]}');
INSERT INTO public.subscription VALUES (1, 'Leeds', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', 'immediate', '07:30', 'wed', '2026-11-19 05:19:40', false, NULL, NULL, NULL, '2026-11-19 05:19:40', '[]');
INSERT INTO public.subscription VALUES (2, 'Leeds', 'mailto:gone@council.example', '3cd15bae1cefee5628cc3c46963cc0a0affe01543db69fd6a0b62589f71b41f0', 'immediate', '07:30', 'wed', '2026-11-19 05:19:40', false, NULL, NULL, NULL, '2026-11-19 05:19:40', '[]');
INSERT INTO public.subscription VALUES (3, 'Leeds', 'mailto:daily@council.example', '8371779183afef49137df4fcb3b04be01a95ce995c014ef8efff34d1d10e0630', 'daily', '07:30', 'wed', '2026-11-19 05:19:40', false, NULL, NULL, NULL, '2026-11-19 05:19:40', '[]');
INSERT INTO public.subscription VALUES (6, 'Care at home', 'gAAAAABrC7XvNEmp2BxR8mS53ckjhMxGdVysSuDOVTv6o8HgpogR50aoTUl0Fg-iOGnLdqkU9Nyq3XX4Le11VILWJWbKu2cdGoRrL-1z6IAKHvmx4EzCOsU7zorMBgvlSMHpwo3GE12f9GoeVEFXPKH48a1wBzBHX2iaMMOlxlxE5YXko3GJwcY=', '01592bbd3d064473382f58971c2ab9c992eb348f3c14780800a363e747b9739f', 'daily', '07:30', 'wed', '2026-11-19 05:19:40', false, '2026-12-19 07:30:00', NULL, NULL, '2026-11-19 05:19:40', '[]');
INSERT INTO public.subscription VALUES (7, 'Leeds', 'gAAAAABrC7Xv7iKJufUJ4UwVBoFmspr8hQpfOEx0jhpMswSSjHabQmfWT-raoU57umbY9kB8X8bEiCWjvLL5rIpPqvKQY71z9qkB0xFOXHawGZr1wGKsDGOq3YgYSHM1ZSqxbOPfJBbB', '918bedb9c6077481ade2eaeb331eda4da2bddcca2fce1cd2950e26595898e8bf', 'weekly', '07:30', 'wed', '2026-11-19 05:19:40', false, NULL, NULL, NULL, '2026-11-19 05:19:40', '[]');
INSERT INTO public.subscription VALUES (8, 'Care at home', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', 'daily', '09:00', 'mon', '2026-11-29 05:19:43.670636', false, NULL, NULL, NULL, '2026-11-29 05:19:43.670636', '[]');
INSERT INTO public.subscription VALUES (9, 'Leeds', 'mailto:no-reports@council.example', '78a16d946fa7fee05d1d9bec5cd41c36bee72951f1fd3b6d1439611fbe59e9eb', 'immediate', '08:00', 'mon', '2026-11-19 05:19:40', false, NULL, 4, NULL, '2026-11-19 05:19:40', '["report published"]');
INSERT INTO public.subscription VALUES (10, 'Leeds', 'mailto:few@council.example', 'a854adc9eadc7a74e5a360947ffdbbe8072bb32ae06c0ddd5a73fc67bda51dfd', 'immediate', '08:00', 'mon', '2026-11-19 05:19:40', false, NULL, 5, NULL, '2026-11-19 05:19:40', '["archived", "breach found", "enforcement taken", "first rated", "left special measures", "moved", "provider changed", "rating withdrawn", "registered", "remains in special measures", "report published", "score fell", "score rose", "special measures unclear", "upgraded"]');
INSERT INTO public.subscription VALUES (13, 'Care at home', 'mailto:scores@council.example', '715555080b1481056eab9d9a4b060dc7107276da36b10145b3da8c1e9e8b61e9', 'immediate', '08:00', 'mon', '2026-11-19 05:19:40', false, NULL, 8, NULL, '2026-11-19 05:19:40', '["archived", "breach found", "downgraded", "enforcement taken", "entered special measures", "first rated", "left special measures", "moved", "provider changed", "rating withdrawn", "registered", "remains in special measures", "report published", "special measures unclear", "upgraded"]');
INSERT INTO public.subscription VALUES (14, 'Care at home', 'mailto:none@council.example', '4304186f64bb94a19e173eacf36a99938036539b38299134e618b6cda2fc2580', 'immediate', '08:00', 'mon', '2026-11-19 05:19:40', false, NULL, 9, NULL, '2026-11-19 05:19:40', '["archived", "breach found", "downgraded", "enforcement taken", "entered special measures", "first rated", "left special measures", "moved", "provider changed", "rating withdrawn", "registered", "remains in special measures", "report published", "score fell", "score rose", "special measures unclear", "upgraded"]');
INSERT INTO public.subscription VALUES (15, 'Leeds', 'mailto:unconfirmed@council.example', '5e31a3eb7a150078cebd6b982ca57041c62bac76dd8ebb80c6128867251a196f', 'daily', '08:00', 'mon', '2026-11-19 05:19:40', false, NULL, 2, NULL, NULL, '["archived", "breach found", "downgraded", "enforcement taken", "entered special measures", "first rated", "left special measures", "moved", "provider changed", "rating withdrawn", "registered", "remains in special measures", "report published", "score fell", "score rose", "special measures unclear"]');
INSERT INTO public.subscription VALUES (11, 'Care at home', 'mailto:paused@council.example', 'daff010584b6cd6dea3ad978dc809feea54123aa74a471a974d109457510ba91', 'immediate', '08:00', 'mon', '2026-11-19 05:19:40', false, NULL, 6, '2026-12-29 05:19:40', '2026-11-19 05:19:40', '[]');
INSERT INTO public.subscription VALUES (16, 'By rule', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', 'weekly', '07:30', 'wed', '2026-11-19 05:19:40', false, NULL, NULL, NULL, '2026-11-19 05:19:40', '[]');
INSERT INTO public.subscription VALUES (4, 'Leeds', 'mailto:weekly@council.example', 'bc7a07bd1559b78a0e2d7f0a5e7754c27df4c4616bc16164ea91b8ef4ddfac01', 'weekly', '07:30', 'wed', '2026-11-19 05:19:40', true, '2026-12-09 07:30:00', NULL, NULL, '2026-11-19 05:19:40', '[]');
INSERT INTO public.subscription VALUES (5, 'Leeds', 'gAAAAABrC7Xv2tbhTqpRrwOU25C2w-5pUSgQgtCgggwZav6XPOlRg-bdlFgLIsZy-Hz4CQgyqJfz0MV8XVEzM4HW3Qa7VNKaFWScv_DJUKQpqPVcm21B-1U_tjqJTu6ePI8NoPm9XdroEznHsdytpSmPYcz3-l9OvQ==', '7718951d8cbbd13f8269587288d0a62604ab80bb7a1d3151795611bf32c26046', 'immediate', '07:30', 'wed', '2026-11-19 05:19:40', true, '2026-12-09 07:30:00', NULL, NULL, '2026-11-19 05:19:40', '[]');
INSERT INTO public.subscription VALUES (12, 'Care at home', 'mailto:all@council.example', '4f2bc905e4e39e075bec9e4dc18e078bfe2c6afa873d6fc505282294e879e6dc', 'immediate', '08:00', 'mon', '2026-11-19 05:19:40', true, '2026-12-07 08:00:00', 7, NULL, '2026-11-19 05:19:40', '[]');
INSERT INTO public.switched_off VALUES ('a854adc9eadc7a74e5a360947ffdbbe8072bb32ae06c0ddd5a73fc67bda51dfd', 'mailto:few@council.example', '2026-11-29 05:19:49.436656', '404 Not Found', '2026-11-29 05:24:49.436656');
INSERT INTO public.switched_off VALUES ('918bedb9c6077481ade2eaeb331eda4da2bddcca2fce1cd2950e26595898e8bf', 'gAAAAABrC7X1PSeWi6WHoXOvTC4dJK965AxlMfhJJpDhSs-LDF-deWRBdG8V69IexsQevGLh1I0rcyDJ4UEbx2zuqIooKKLST1w8ENAle5m96XdahlX925yb3bstuAFrVKP6BQ6yc84u', '2026-11-29 05:19:49.436656', '404 Not Found', '2026-11-29 05:24:49.436656');
INSERT INTO public.told VALUES (1, 'cd5826d9316a5ca38bd9305823bed2e8', 'trouble', 'mailto:oncall@council.example', 'sent', '2026-11-29 05:19:45.654064', '250 2.0.0 queued as SIM00003', '{"events": [], "watchlists": [], "subject": "1 service has not been read well for too long"}');
INSERT INTO public.told VALUES (2, '0c84d954085b46dfba32bb0fd6e0c734', 'welcome', 'mailto:scores@council.example', 'sent', '2026-11-29 05:19:45.805768', '250 2.0.0 queued as SIM00004', '{"events": [], "watchlists": ["Care at home"], "subject": null}');
INSERT INTO public.told VALUES (3, '0d854d50c2ac46649871988e2e908f9c', 'digest', 'mailto:gone@council.example', 'dead', '2026-11-29 05:19:45.810514', '550 No such user (at RCPT TO)', '{"events": [], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (4, '173e8beafa2e4b19840530c65e538709', 'still watching', 'mailto:weekly@council.example', 'sent', '2026-11-29 05:19:45.861984', '250 2.0.0 queued as SIM00005', '{"events": [], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (5, '23af9117c7934d36bf57f20a18e32e61', 'welcome', 'mailto:all@council.example', 'sent', '2026-11-29 05:19:45.901311', '250 2.0.0 queued as SIM00006', '{"events": [], "watchlists": ["Care at home"], "subject": null}');
INSERT INTO public.told VALUES (6, '36af32badf764a3d87b87d38a9443b8e', 'welcome', 'mailto:none@council.example', 'sent', '2026-11-29 05:19:45.945563', '250 2.0.0 queued as SIM00007', '{"events": [], "watchlists": ["Care at home"], "subject": null}');
INSERT INTO public.told VALUES (7, '25ff3950130c443ca9f39a19b71a9d08', 'still watching', 'mailto:all@council.example', 'sent', '2026-11-29 05:19:46.036222', '250 2.0.0 queued as SIM00008', '{"events": [], "watchlists": ["Care at home"], "subject": null}');
INSERT INTO public.told VALUES (8, '2f0570edcc714c878d278ab51f35e458', 'digest', 'mailto:weekly@council.example', 'sent', '2026-11-29 05:19:46.112096', '250 2.0.0 queued as SIM00009', '{"events": [], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (9, '56a6c2c6db7f405e848dc0cdb4045028', 'digest', 'mailto:lead@council.example', 'sent', '2026-11-29 05:19:46.194577', '250 2.0.0 queued as SIM00010', '{"events": [], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (10, '8af3efa592154df9a4f236f0de8682e1', 'digest', 'mailto:few@council.example', 'sent', '2026-11-29 05:19:46.212091', '250 2.0.0 queued as SIM00011', '{"events": [], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (11, '92e85fc6efb7489c9d857430a25171f5', 'welcome', 'mailto:no-reports@council.example', 'sent', '2026-11-29 05:19:46.253099', '250 2.0.0 queued as SIM00012', '{"events": [], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (12, '042ace1a2a85582ab8bacfd00e31c33c', 'trouble', 'mailto:oncall@council.example', 'sent', '2026-11-29 05:19:46.313016', '250 2.0.0 queued as SIM00013', '{"events": [], "watchlists": [], "subject": "a message could not be delivered"}');
INSERT INTO public.told VALUES (13, '98d04e478bba434d81f444e0c1deb7f5', 'digest', 'mailto:daily@council.example', 'sent', '2026-11-29 05:19:46.327966', '250 2.0.0 queued as SIM00014', '{"events": [], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (14, '6cbc083221ac405ba21f7110029dc87e', 'welcome', 'mailto:lead@council.example', 'sent', '2026-11-29 05:19:46.379345', '250 2.0.0 queued as SIM00015', '{"events": [], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (15, 'a71a98c39adb463e80abe3e7e57dab5d', 'digest', 'mailto:no-reports@council.example', 'sent', '2026-11-29 05:19:46.458344', '250 2.0.0 queued as SIM00016', '{"events": [], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (16, 'db23131d252c4c9594bb9cd092f527fd', 'welcome', 'mailto:few@council.example', 'sent', '2026-11-29 05:19:46.467765', '250 2.0.0 queued as SIM00017', '{"events": [], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (17, '3ba75fcbd9814691b0409f862adc4968', 'alert', 'mailto:few@council.example', 'sent', '2026-11-29 05:19:48.448199', '250 2.0.0 queued as SIM00018', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (18, '4983d1f9ce65462ea0ce28e37827bbda', 'alert', 'mailto:no-reports@council.example', 'sent', '2026-11-29 05:19:48.491723', '250 2.0.0 queued as SIM00019', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (19, '53883e4fbd724eb0b0ba5e0ff787faa7', 'alert', 'mailto:lead@council.example', 'sent', '2026-11-29 05:19:48.539425', '250 2.0.0 queued as SIM00020', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53", "3b7cfc4525ad2603"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (20, 'e3d46694e2e54f93ad482802a59de401', 'alert', 'mailto:gone@council.example', 'dead', '2026-11-29 05:19:48.57922', '550 No such user (at RCPT TO)', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53", "3b7cfc4525ad2603"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (21, '39a7be14c45f5f3a9e3951fb7567f896', 'trouble', 'mailto:oncall@council.example', 'sent', '2026-11-29 05:19:48.646732', '250 2.0.0 queued as SIM00021', '{"events": [], "watchlists": [], "subject": "a message could not be delivered"}');
INSERT INTO public.watch VALUES ('Leeds', '1-1000000001', '2026-11-19 05:19:40', false, NULL);
INSERT INTO public.watch VALUES ('Leeds', '1-1000000002', '2026-11-19 05:19:40', false, NULL);
INSERT INTO public.watch VALUES ('Leeds', '1-1000000003', '2026-11-19 05:19:40', false, NULL);
INSERT INTO public.watch VALUES ('Leeds', '1-1000000004', '2026-11-19 05:19:40', false, NULL);
INSERT INTO public.watch VALUES ('Leeds', '1-1000000005', '2026-11-19 05:19:40', false, NULL);
INSERT INTO public.watch VALUES ('Leeds', '1-1000000006', '2026-11-19 05:19:40', false, NULL);
INSERT INTO public.watch VALUES ('Care at home', '1-1000000004', '2026-11-29 05:19:43.627571', false, NULL);
INSERT INTO public.watch VALUES ('Care at home', '1-1000000005', '2026-11-29 05:19:43.627571', false, NULL);
INSERT INTO public.watch VALUES ('By rule', '1-1000000001', '2026-11-29 05:19:40', true, NULL);
INSERT INTO public.watch VALUES ('By rule', '1-1000000002', '2026-11-29 05:19:40', true, NULL);
INSERT INTO public.watch VALUES ('By rule', '1-1000000003', '2026-11-29 05:19:40', true, NULL);
INSERT INTO public.watch VALUES ('By rule', '1-1000000007', '2026-11-29 05:19:40', true, NULL);
INSERT INTO public.watchlist VALUES ('Care at home', NULL, NULL, '2026-11-29 05:19:43.627571');
INSERT INTO public.watchlist VALUES ('Leeds', 2, 'mailto:head@council.example', '2026-11-19 05:19:40');
INSERT INTO public.watchlist VALUES ('By rule', NULL, NULL, '2026-11-29 05:19:40');
INSERT INTO public.worker VALUES ('worker', 'box7', 7, '2026-11-29 05:19:49.963609', '2026-11-29 05:20:49.963609');
SELECT pg_catalog.setval('public.acknowledgement_id_seq', 1, true);
SELECT pg_catalog.setval('public.api_key_id_seq', 1, true);
SELECT pg_catalog.setval('public.audit_position_seq', 25, true);
SELECT pg_catalog.setval('public.correction_position_seq', 1, false);
SELECT pg_catalog.setval('public.event_position_seq', 9, true);
SELECT pg_catalog.setval('public.notice_id_seq', 130, true);
SELECT pg_catalog.setval('public.person_id_seq', 9, true);
SELECT pg_catalog.setval('public.register_file_id_seq', 1, true);
SELECT pg_catalog.setval('public.subscription_id_seq', 16, true);
SELECT pg_catalog.setval('public.told_position_seq', 21, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.acknowledgement
    ADD CONSTRAINT pk_acknowledgement PRIMARY KEY (id);
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT pk_api_key PRIMARY KEY (id);
ALTER TABLE ONLY public.audit
    ADD CONSTRAINT pk_audit PRIMARY KEY ("position");
ALTER TABLE ONLY public.authority_list
    ADD CONSTRAINT pk_authority_list PRIMARY KEY (name);
ALTER TABLE ONLY public.correction
    ADD CONSTRAINT pk_correction PRIMARY KEY ("position");
ALTER TABLE ONLY public.disagreement
    ADD CONSTRAINT pk_disagreement PRIMARY KEY (location_id);
ALTER TABLE ONLY public.escalation
    ADD CONSTRAINT pk_escalation PRIMARY KEY (event_id, watchlist, reason);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT pk_event PRIMARY KEY ("position");
ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT pk_evidence PRIMARY KEY (digest);
ALTER TABLE ONLY public.feed
    ADD CONSTRAINT pk_feed PRIMARY KEY (name);
ALTER TABLE ONLY public.feed_key
    ADD CONSTRAINT pk_feed_key PRIMARY KEY (watchlist, person);
ALTER TABLE ONLY public.feed_named
    ADD CONSTRAINT pk_feed_named PRIMARY KEY (day, location_id);
ALTER TABLE ONLY public.former_subscription
    ADD CONSTRAINT pk_former_subscription PRIMARY KEY (id);
ALTER TABLE ONLY public.message
    ADD CONSTRAINT pk_message PRIMARY KEY (id);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT pk_notice PRIMARY KEY (id);
ALTER TABLE ONLY public.overview
    ADD CONSTRAINT pk_overview PRIMARY KEY (location_id);
ALTER TABLE ONLY public.page
    ADD CONSTRAINT pk_page PRIMARY KEY (location_id, url);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT pk_person PRIMARY KEY (id);
ALTER TABLE ONLY public.register
    ADD CONSTRAINT pk_register PRIMARY KEY (location_id);
ALTER TABLE ONLY public.register_file
    ADD CONSTRAINT pk_register_file PRIMARY KEY (id);
ALTER TABLE ONLY public.register_history
    ADD CONSTRAINT pk_register_history PRIMARY KEY (location_id, as_of);
ALTER TABLE ONLY public.rule
    ADD CONSTRAINT pk_rule PRIMARY KEY (watchlist);
ALTER TABLE ONLY public.service
    ADD CONSTRAINT pk_service PRIMARY KEY (location_id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT pk_session PRIMARY KEY (token_hash);
ALTER TABLE ONLY public.sign_in_link
    ADD CONSTRAINT pk_sign_in_link PRIMARY KEY (token_hash);
ALTER TABLE ONLY public.site
    ADD CONSTRAINT pk_site PRIMARY KEY (name);
ALTER TABLE ONLY public.snapshot
    ADD CONSTRAINT pk_snapshot PRIMARY KEY (location_id, seq);
ALTER TABLE ONLY public.subscription
    ADD CONSTRAINT pk_subscription PRIMARY KEY (id);
ALTER TABLE ONLY public.switched_off
    ADD CONSTRAINT pk_switched_off PRIMARY KEY (scope);
ALTER TABLE ONLY public.told
    ADD CONSTRAINT pk_told PRIMARY KEY ("position");
ALTER TABLE ONLY public.watch
    ADD CONSTRAINT pk_watch PRIMARY KEY (watchlist, location_id);
ALTER TABLE ONLY public.watchlist
    ADD CONSTRAINT pk_watchlist PRIMARY KEY (name);
ALTER TABLE ONLY public.worker
    ADD CONSTRAINT pk_worker PRIMARY KEY (id);
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT uq_api_key_key_hash UNIQUE (key_hash);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT uq_event_id UNIQUE (id);
ALTER TABLE ONLY public.feed_key
    ADD CONSTRAINT uq_feed_key_key_hash UNIQUE (key_hash);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT uq_notice_event_id UNIQUE (event_id, subscription_id);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT uq_person_email UNIQUE (email);
ALTER TABLE ONLY public.subscription
    ADD CONSTRAINT uq_subscription_watchlist UNIQUE (watchlist, address_key);
CREATE INDEX ix_acknowledgement_event_id ON public.acknowledgement USING btree (event_id);
CREATE INDEX ix_api_key_person ON public.api_key USING btree (person);
CREATE INDEX ix_audit_at ON public.audit USING btree (at);
CREATE INDEX ix_correction_location_id ON public.correction USING btree (location_id);
CREATE INDEX ix_escalation_settled_at ON public.escalation USING btree (settled_at);
CREATE INDEX ix_event_kind ON public.event USING btree (kind);
CREATE INDEX ix_event_location_id ON public.event USING btree (location_id);
CREATE INDEX ix_event_observed_at ON public.event USING btree (observed_at);
CREATE INDEX ix_former_subscription_key ON public.former_subscription USING btree (key);
CREATE INDEX ix_former_subscription_subscription_id ON public.former_subscription USING btree (subscription_id);
CREATE INDEX ix_message_address_key ON public.message USING btree (address_key);
CREATE INDEX ix_message_due ON public.message USING btree (state, next_attempt_at);
CREATE INDEX ix_notice_subscription_id ON public.notice USING btree (subscription_id);
CREATE INDEX ix_notice_waiting ON public.notice USING btree (message_id, due_at);
CREATE INDEX ix_register_authority ON public.register USING btree (authority, sector);
CREATE INDEX ix_register_file_kind ON public.register_file USING btree (kind);
CREATE INDEX ix_register_history_authority ON public.register_history USING btree (authority);
CREATE INDEX ix_register_name_key ON public.register USING btree (name_key);
CREATE INDEX ix_register_postcode ON public.register USING btree (postcode);
CREATE INDEX ix_register_provider_id ON public.register USING btree (provider_id);
CREATE INDEX ix_service_leased_by ON public.service USING btree (leased_by);
CREATE INDEX ix_service_named_at ON public.service USING btree (named_at);
CREATE INDEX ix_service_next_look_at ON public.service USING btree (next_look_at);
CREATE INDEX ix_session_person ON public.session USING btree (person);
CREATE INDEX ix_sign_in_link_client ON public.sign_in_link USING btree (client);
CREATE INDEX ix_sign_in_link_created_at ON public.sign_in_link USING btree (created_at);
CREATE INDEX ix_sign_in_link_email ON public.sign_in_link USING btree (email);
CREATE INDEX ix_subscription_address_key ON public.subscription USING btree (address_key);
CREATE INDEX ix_subscription_next_sign_at ON public.subscription USING btree (next_sign_at);
CREATE INDEX ix_subscription_owner ON public.subscription USING btree (owner);
CREATE INDEX ix_told_at ON public.told USING btree (at);
CREATE INDEX ix_told_message_id ON public.told USING btree (message_id);
CREATE INDEX ix_watch_location_id ON public.watch USING btree (location_id);
CREATE INDEX ix_watchlist_owner ON public.watchlist USING btree (owner);
CREATE UNIQUE INDEX uq_notice_hour ON public.notice USING btree (subscription_id, kind, due_at) WHERE (event_id IS NULL);
CREATE UNIQUE INDEX uq_notice_welcome ON public.notice USING btree (subscription_id) WHERE ((kind)::text = 'welcome'::text);
ALTER TABLE ONLY public.acknowledgement
    ADD CONSTRAINT fk_acknowledgement_person_person FOREIGN KEY (person) REFERENCES public.person(id);
ALTER TABLE ONLY public.acknowledgement
    ADD CONSTRAINT fk_acknowledgement_reopened_by_person FOREIGN KEY (reopened_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT fk_api_key_person_person FOREIGN KEY (person) REFERENCES public.person(id);
ALTER TABLE ONLY public.correction
    ADD CONSTRAINT fk_correction_location_id_service FOREIGN KEY (location_id) REFERENCES public.service(location_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.disagreement
    ADD CONSTRAINT fk_disagreement_location_id_service FOREIGN KEY (location_id) REFERENCES public.service(location_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.feed_key
    ADD CONSTRAINT fk_feed_key_person_person FOREIGN KEY (person) REFERENCES public.person(id);
ALTER TABLE ONLY public.former_subscription
    ADD CONSTRAINT fk_former_subscription_subscription_id_subscription FOREIGN KEY (subscription_id) REFERENCES public.subscription(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT fk_notice_message_id_message FOREIGN KEY (message_id) REFERENCES public.message(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT fk_notice_subscription_id_subscription FOREIGN KEY (subscription_id) REFERENCES public.subscription(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.overview
    ADD CONSTRAINT fk_overview_location_id_service FOREIGN KEY (location_id) REFERENCES public.service(location_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.page
    ADD CONSTRAINT fk_page_location_id_service FOREIGN KEY (location_id) REFERENCES public.service(location_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.person
    ADD CONSTRAINT fk_person_invited_by_person FOREIGN KEY (invited_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT fk_session_person_person FOREIGN KEY (person) REFERENCES public.person(id);
ALTER TABLE ONLY public.snapshot
    ADD CONSTRAINT fk_snapshot_location_id_service FOREIGN KEY (location_id) REFERENCES public.service(location_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.watch
    ADD CONSTRAINT fk_watch_location_id_service FOREIGN KEY (location_id) REFERENCES public.service(location_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.watchlist
    ADD CONSTRAINT fk_watchlist_owner_person FOREIGN KEY (owner) REFERENCES public.person(id);
