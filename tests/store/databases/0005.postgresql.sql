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
    next_poll_at timestamp without time zone
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
    event_id character varying NOT NULL,
    subscription_id integer NOT NULL,
    due_at timestamp without time zone NOT NULL,
    urgent boolean NOT NULL,
    message_id character varying
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
    fetched_at timestamp without time zone NOT NULL
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
    vouched_at timestamp without time zone
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
    kinds text,
    paused_until timestamp without time zone,
    confirmed_at timestamp without time zone
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
ALTER TABLE ONLY public.event ALTER COLUMN "position" SET DEFAULT nextval('public.event_position_seq'::regclass);
ALTER TABLE ONLY public.notice ALTER COLUMN id SET DEFAULT nextval('public.notice_id_seq'::regclass);
ALTER TABLE ONLY public.person ALTER COLUMN id SET DEFAULT nextval('public.person_id_seq'::regclass);
ALTER TABLE ONLY public.register_file ALTER COLUMN id SET DEFAULT nextval('public.register_file_id_seq'::regclass);
ALTER TABLE ONLY public.subscription ALTER COLUMN id SET DEFAULT nextval('public.subscription_id_seq'::regclass);
ALTER TABLE ONLY public.told ALTER COLUMN "position" SET DEFAULT nextval('public.told_position_seq'::regclass);
INSERT INTO public.acknowledgement VALUES (1, '529c5bdc075fddcc', 2, '2026-11-28 20:37:48.698787', 'We visit tomorrow.', NULL, NULL);
INSERT INTO public.alembic_version VALUES ('0005');
INSERT INTO public.api_key VALUES (1, 2, 'the dashboard', '7cf01a132fd0a160c51522cfab4222d926268370a27e92b5c5f8285f4b7f44ed', '30gk', '2026-11-18 20:37:12', NULL, NULL);
INSERT INTO public.audit VALUES (1, '2026-11-18 20:37:12', NULL, 'invited', 'operator@council.example as operator');
INSERT INTO public.audit VALUES (2, '2026-11-18 20:37:12', 1, 'invited', 'editor@council.example as editor');
INSERT INTO public.audit VALUES (3, '2026-11-18 20:37:12', 1, 'invited', 'left@council.example as reader');
INSERT INTO public.audit VALUES (4, '2026-11-18 20:37:12', 2, 'signed in with', 'Firefox');
INSERT INTO public.audit VALUES (5, '2026-11-18 20:37:12', 1, 'ended the access of', 'left@council.example');
INSERT INTO public.audit VALUES (6, '2026-11-18 20:37:12', 2, 'made API key', 'the dashboard (…30gk)');
INSERT INTO public.audit VALUES (7, '2026-11-18 20:37:12', 2, 'made feed of watchlist', 'Leeds');
INSERT INTO public.audit VALUES (8, '2026-11-18 20:37:12', 1, 'gave watchlist to', 'Leeds: editor@council.example');
INSERT INTO public.audit VALUES (9, '2026-11-18 20:37:12', 1, 'changed second address of watchlist', 'Leeds');
INSERT INTO public.audit VALUES (10, '2026-11-18 20:37:12', 1, 'invited', 'no-reports@council.example as reader');
INSERT INTO public.audit VALUES (11, '2026-11-18 20:37:12', 4, 'subscribed', 'no-reports@council.example to Leeds');
INSERT INTO public.audit VALUES (12, '2026-11-18 20:37:12', 1, 'invited', 'few@council.example as reader');
INSERT INTO public.audit VALUES (13, '2026-11-18 20:37:12', 5, 'subscribed', 'few@council.example to Leeds');
INSERT INTO public.audit VALUES (14, '2026-11-18 20:37:12', 1, 'invited', 'paused@council.example as reader');
INSERT INTO public.audit VALUES (15, '2026-11-18 20:37:12', 6, 'subscribed', 'paused@council.example to Care at home');
INSERT INTO public.audit VALUES (16, '2026-11-18 20:37:12', 1, 'invited', 'all@council.example as reader');
INSERT INTO public.audit VALUES (17, '2026-11-18 20:37:12', 7, 'subscribed', 'all@council.example to Care at home');
INSERT INTO public.audit VALUES (18, '2026-11-18 20:37:12', 1, 'invited', 'scores@council.example as reader');
INSERT INTO public.audit VALUES (19, '2026-11-18 20:37:12', 8, 'subscribed', 'scores@council.example to Care at home');
INSERT INTO public.audit VALUES (20, '2026-11-18 20:37:12', 1, 'invited', 'none@council.example as reader');
INSERT INTO public.audit VALUES (21, '2026-11-18 20:37:12', 9, 'subscribed', 'none@council.example to Care at home');
INSERT INTO public.audit VALUES (22, '2026-11-18 20:37:12', 2, 'subscribed', 'unconfirmed@council.example to Leeds');
INSERT INTO public.audit VALUES (23, '2026-11-18 20:37:12', 6, 'paused the subscription of', 'paused@council.example to Care at home');
INSERT INTO public.audit VALUES (24, '2026-11-28 20:37:12', 1, 'made rule of watchlist', 'By rule: All services in Leicestershire; 4 joined, 0 left');
INSERT INTO public.audit VALUES (25, '2026-11-28 20:37:48.698787', 2, 'acknowledged', '1-1000000004: downgraded: We visit tomorrow.');
INSERT INTO public.authority_list VALUES ('Neighbours', '["Leicester", "Rutland"]', '2026-11-28 20:37:12');
INSERT INTO public.disagreement VALUES ('1-1000000002', '2026-11-28 20:37:12', '2026-11-28 20:37:12', '["overall: the page says Inadequate, the API says Requires improvement"]');
INSERT INTO public.escalation VALUES ('529c5bdc075fddcc', 'Care at home', 'paused', '2026-11-28 20:37:47.389096', NULL, NULL);
INSERT INTO public.escalation VALUES ('16a75f3bf080762e', 'Care at home', 'unacknowledged', '2026-11-28 20:37:47.389096', NULL, NULL);
INSERT INTO public.escalation VALUES ('16a75f3bf080762e', 'Leeds', 'unacknowledged', '2026-11-28 20:37:47.389096', NULL, NULL);
INSERT INTO public.escalation VALUES ('16a75f3bf080762e', 'Care at home', 'paused', '2026-11-28 20:37:47.389096', NULL, NULL);
INSERT INTO public.escalation VALUES ('529c5bdc075fddcc', 'Care at home', 'unacknowledged', '2026-11-28 20:37:47.389096', '2026-11-28 20:37:48.698787', NULL);
INSERT INTO public.escalation VALUES ('529c5bdc075fddcc', 'Leeds', 'unacknowledged', '2026-11-28 20:37:47.389096', '2026-11-28 20:37:48.698787', NULL);
INSERT INTO public.event VALUES (1, '29acb6e3331afeee', '1-1000000003', '2026-11-28 20:37:38.015464', '{"id":"29acb6e3331afeee","location_id":"1-1000000003","name":"Hollins View","kind":"downgraded","group":null,"of":"overall","from_":"good","to":"requires improvement","published":"2026-10-13","observed_at":"2026-11-28T20:37:38.015464Z","quote":null,"evidence":"a58d5a7ff27d31e7f4856f13de5c53c06b9ad7917445b7d1598691f8758aa73d","rests_on":"page"}', 'downgraded');
INSERT INTO public.event VALUES (2, 'f20c1ed2f5da8d53', '1-1000000003', '2026-11-28 20:37:38.015464', '{"id":"f20c1ed2f5da8d53","location_id":"1-1000000003","name":"Hollins View","kind":"downgraded","group":null,"of":"safe","from_":"good","to":"requires improvement","published":"2026-10-13","observed_at":"2026-11-28T20:37:38.015464Z","quote":null,"evidence":"a58d5a7ff27d31e7f4856f13de5c53c06b9ad7917445b7d1598691f8758aa73d","rests_on":"page"}', 'downgraded');
INSERT INTO public.event VALUES (3, '3b7cfc4525ad2603', '1-1000000003', '2026-11-28 20:37:38.015464', '{"id":"3b7cfc4525ad2603","location_id":"1-1000000003","name":"Hollins View","kind":"report published","group":null,"of":null,"from_":null,"to":null,"published":"2026-10-13","observed_at":"2026-11-28T20:37:38.015464Z","quote":null,"evidence":"a58d5a7ff27d31e7f4856f13de5c53c06b9ad7917445b7d1598691f8758aa73d","rests_on":"page"}', 'report published');
INSERT INTO public.event VALUES (4, '529c5bdc075fddcc', '1-1000000004', '2026-11-28 20:37:47.389096', '{"id":"529c5bdc075fddcc","location_id":"1-1000000004","name":"Brookside ‘Homecare’","kind":"downgraded","group":null,"of":"overall","from_":"good","to":"inadequate","published":"2026-10-20","observed_at":"2026-11-28T20:37:47.389096Z","quote":null,"evidence":"47f8297cf7f9cee4d4e8a711703285718f7846dbe4e46c61ae51f1dc7f1afb7d","rests_on":"page"}', 'downgraded');
INSERT INTO public.event VALUES (5, '16a75f3bf080762e', '1-1000000004', '2026-11-28 20:37:47.389096', '{"id":"16a75f3bf080762e","location_id":"1-1000000004","name":"Brookside ‘Homecare’","kind":"entered special measures","group":null,"of":null,"from_":null,"to":null,"published":"2026-10-20","observed_at":"2026-11-28T20:37:47.389096Z","quote":"This service is being placed in special measures.","evidence":"47f8297cf7f9cee4d4e8a711703285718f7846dbe4e46c61ae51f1dc7f1afb7d","rests_on":"page"}', 'entered special measures');
INSERT INTO public.event VALUES (6, '77118ef83558c65a', '1-1000000004', '2026-11-28 20:37:47.389096', '{"id":"77118ef83558c65a","location_id":"1-1000000004","name":"Brookside ‘Homecare’","kind":"downgraded","group":null,"of":"safe","from_":"good","to":"inadequate","published":"2026-10-20","observed_at":"2026-11-28T20:37:47.389096Z","quote":null,"evidence":"47f8297cf7f9cee4d4e8a711703285718f7846dbe4e46c61ae51f1dc7f1afb7d","rests_on":"page"}', 'downgraded');
INSERT INTO public.event VALUES (7, '6f8e4058c4ea298a', '1-1000000004', '2026-11-28 20:37:47.389096', '{"id":"6f8e4058c4ea298a","location_id":"1-1000000004","name":"Brookside ‘Homecare’","kind":"downgraded","group":null,"of":"well-led","from_":"good","to":"inadequate","published":"2026-10-20","observed_at":"2026-11-28T20:37:47.389096Z","quote":null,"evidence":"47f8297cf7f9cee4d4e8a711703285718f7846dbe4e46c61ae51f1dc7f1afb7d","rests_on":"page"}', 'downgraded');
INSERT INTO public.event VALUES (8, 'edeb4152ba75f0e6', '1-1000000004', '2026-11-28 20:37:47.389096', '{"id":"edeb4152ba75f0e6","location_id":"1-1000000004","name":"Brookside ‘Homecare’","kind":"report published","group":null,"of":null,"from_":null,"to":null,"published":"2026-10-20","observed_at":"2026-11-28T20:37:47.389096Z","quote":null,"evidence":"47f8297cf7f9cee4d4e8a711703285718f7846dbe4e46c61ae51f1dc7f1afb7d","rests_on":"page"}', 'report published');
INSERT INTO public.event VALUES (9, '29effac3905567d4', '1-1000000005', '2026-11-28 20:37:51.212115', '{"id":"29effac3905567d4","location_id":"1-1000000005","name":"Netherby Care at Home","kind":"score fell","group":null,"of":"safe","from_":75,"to":66,"published":"2025-04-02","observed_at":"2026-11-28T20:37:51.212115Z","quote":null,"evidence":"0655b462ac283bf89f29fc9096df91c32909644790f99d4f0d530b4001b0828a","rests_on":"page"}', 'score fell');
INSERT INTO public.evidence VALUES ('a58d5a7ff27d31e7f4856f13de5c53c06b9ad7917445b7d1598691f8758aa73d', 'https://www.cqc.example/location/1-1000000003', 'text/html; charset=utf-8', '2026-11-28 20:37:37.83422', '\x789ccd586d6fdb3610fede5f7165bf6c4055594ee2d4992d202f5dd235add3a4a9d70e834189b4c59a12159172ea6ffd19dbdfeb2fd99d5e12277396b568810641449147def1eeb9e74e193c3c18edbf7977f20c1297eaf0c1801ea079361b329979877b8ce62417f848a5e31027bcb0d20d59e9a6de535a75ca69191e19ad5566e1ad9297e0c13e2f24bc2eb9566e09fb264d95b5ca6403bf966e0ecb782a872cb6c5d473662e3306b1c99cccf0f889f0d2521cbc3f39bc78717cf8f4a3998e8e347fffeb7179bebf75b4f8409a6d5ca8dc4166b2188fd1d3b1b767d2e4edebfe78bcf1767cee39fd9b1e77bafd389b959d372c5cf002b49cc94cc010fe60a3d259c733a1b2197b0cecd01841cf537951aa425a50695e98854cd11e9a7f9e71814bdc49f6e72f03bf568e56f88d7b2223968db36481030e4921a743f628e52a63e1d95ce5e00cd05b7bcd81cf51706a8a1478ecd03f43e65bc98b3861a0c490d5638f04e8be9a47528767d524e02470b0b258a858c2406579e91a875eb070e0d7c20f9a05b7cc7121514290976b313a7612954a8b89120c165c97cdacb7958de4ece85dfcf2436f72f4d29af393e8c56cef60e26d15ef465bbbbf93353e49e233e38b7050ea70a0557875693f4600788949a5656105866a4c1746d3d42d615aa30d0c61548fee14b4b9725c5b926c8677880a133b53a0e0413db84b0cc3a0ac23b9667487e0ac548223d0281a1e0143619871db61335f05e46afe8e43f232d22ae6146adc7ab2f276bdc1275ffae4d5065b159a2ad810262a3441acb9b543b6a06ca33f9e30a9a784d797d3feb6ec4df9d6744344bcdbd9ee74ba9b9d6e80bfbc2fa2deb6dc8e9fc6fda8db8bb6b6657f93471b38da0c36835e67bbd7a7c096ba3ddecac687748b2a8a149f36d857615db5bb1d612204374801ef12e06cde9e8d995570ad5938aa073bb02ef16025f652e71e170477bf40a7653334ac40ff406ad0101e19c4396acb65954ad0c8d48ecd49751874615410830938e6997c0cafa44b64112d1fc3b1c473adc3d0256803be3f0b20d8ddbdd6efa4def9a91304bd9f61b3df834ed0dd60e1ad89555d2735140420c3405166102d779ab5d605eed278b1d19349458a9e7799180f25add764355b454e832c3ff0820ec60a7f024c025eb84ba975cdb7c72a554e8a552b4ee54cd1add00e7449002ff912ba9d60b35e4fbae169eb251cd71b725338a8806a13297620d88011c2209205eeecf6ea9dd718a9ddeca1b4ab70b2667e3241b3d2d5db6853c3beba4df3b3e15f07cfb3659af262f9c8f229bae10cffd2ad6060739eadd550b1170bd76108b91a775da5e3b735504ea734b340ddcfdae1ff3395eacd77350d79944a1be5293e7f10a3303639d25de5b0d3abf10f621ca592968285631c78ba4ea5afb0ab26c0fc2b4c20a720a335e408cd6cdd27dc735851652e72e2994436c4cdcdc4351d608aefe2fcf32bad6ddadb86326ff352849ae6ecbf284b503b140670267374fa4d8ec8c3839290876d4a81dcac32b942cfadc85802e2b4504450c8dfe8e8150a37d3ea22534408cce5122e4aa468b2fb49bdfd6bdd8ba4df78a7f6acdf38e01bb8a28b144bed19ba61e30bdc70224dae255c225363d073320d3d122d61aeb07c609b3a9d029607986758f0d1fc1408ab4fe04d529760b8e4160d93e83faa37554d98634cbe9fa3b8c5725483ea1576a4686a53b55a50fdab255ca71b6b585b918f4c6965ada64aa5abbe60a54fbf95fdf71cde65e171158c432a05eb8ebeeee9bfece44d16ee15c6ccc907f0f9d35f6ddbfaf9d3dfebd4ac21ae7b146cb1b0ed4deadace5ddd7b7d93d37b2c3ccfaad6e94ea7afe5340af63841534c59b4fd15a408ba26e40245840b6f040cdf07428404d4f6634559c865419f0f9416f2638c40450b51efb28635ee12d549b515f71e51c19d709f4a494655f6c98f8469def24573e2fa0661bd86ccb8552d9861b522dcecc026a6d4a2c936483852943338814b89b9a4475a5ad7aab936601572f75e2ce2027d724307c7efe4e66b11f80c3f065009a529eeb2449905fece78a66c75735cc270515389163546f882aa93df26b04f5f14f87ce8794d4c6fa41c785ef58d6ab08b0c91a9eefcb25f2d773c461eb02a5224c5c2ddd5d7ba1e3507a2fae6bbd9affe01f10f1d149066', NULL);
INSERT INTO public.evidence VALUES ('47f8297cf7f9cee4d4e8a711703285718f7846dbe4e46c61ae51f1dc7f1afb7d', 'https://www.cqc.example/location/1-1000000004', 'text/html; charset=utf-8', '2026-11-28 20:37:47.214584', '\x789ccd58e16edb3610febfa7b8697f36a09a22c77193ce1190365dd2214db2ba5b560c434089678bb324aa2465c7fffa18dbebed49762751899bd9cb5ab4c08220a2a8e3ddf1eebb8fc78cbf3cbe78f6facde573c85d59245f8cf90185a866870156e1c9d380e750487a94e80464b93016dd61d0b869b8cf5f9d7205264f8dd673ab24c25feffe38d52566c2e05feffe84109ed1087e6c44a1dc0a9ee9b254d62a5d8da36ea5575c89120f83cc9a69e8f41cab00325d39acc8d4dbe59bd366349a8b895c8597465ea527abe5b91a1dcfe6dfbbab85602f6c6654eda0d255466af4eae5fef9ca0c7fd8ff253efefd3acfaea5be793cd1073757474b7c7d16240b61a0c01956120ee1d7e0a271d6894aaa6a163c82e0446bc9cf57f8b651062da8b2367a8125f9c3f32f2a21e9937018fcf6dd38ea8c9317910f55aae5ca070e0d0d04e406a787c157a55055904ce6aa06a781dffa6d8e234182536d4a1099a3f81c06914561b23c00250f836e1cb200efb7102916c9a49d049a040116cd4265086355d58df3017d1b24e3a813fec27f70ab9a3ee44a4a8e7227c66aafd34615f25ac90016a268fc6c787a7eac71efc5f96422c4d10b77b6d03feda7574df8f497f36c7e132af62662497a5662918c9b2219172ab9dd74c4500873c2840d92160ced98374caea97bc2b9c74e90f428da2a686be5446159d20fb7884a9d396d48f0b81b6c13a33428eb58ce8fb608ce1a2505018db311323008f7acfec4cfb709b99ddfa2a46ed2426582534d4b2fd7deee16441ccb88a3eab1d5a2a9850d63a245136485b0f63058285c02ff09a52e4325c3c1709a0e048ee4ee702fc383bdc7f260b47b10c7980e77e2612a0e642ce3034cb3c73b71ba3b147bfbe9683fce0e50ee89c7c37de4c43645afdea28f21efa2cd22e7a74ff66d5ad7fdee475408f15682a07dc52451f776a8ca8c288a20b9e8064fe0aed8602dfb58d4a1900cf8c850d8aa19b9662842506a7245a49a90ae2a5b635b4ce065bad0d66c308907706198cf249c890a1fc139ba1c4dba7a0467487aada3e4e554fef4fe3c86f8e8e8cebec3e2c9d73b713cfa06860723d88907bb41726f62ddd665070609c431609a0ad2d513ffaddfb85bea30d3c5f5754b8b61b8cc75489236f4751dac63c7632b8ac378271eedd04f4c65208c5b6251748c7ba64ae550ae7bf10a678a77457e50486278295630202c74dff341f2aa8f128dbb05b5360e5aa8da1ce51312870b02428a86868351b7f20e255d984392762d5236cc5f5f935be5fa6e0add01bfdd8dff194677c90b6d5396c2acbeb2624a6198d05fde158c6d2daa8d165afe0a923be4104793ec6d197e5ab7703ae59905597cde0fff9b837cce7c56d7a8c8f848e3faa4e7ffc4293a506ba2b93660af6ec7ff13e7b8800a9441724583b0e80ae8a3a1d6d15ffd118e706888cd3c1d829fedba84079499b66a890f27484c488bfdc41d1550791fd1fc8b5bab7dc95b4f97f73929254bf3e0dfe84a723394ecc3046b0afdfbfc5027c70de38f9a1443bcac2a5ca3e65ee40a81d06a1493137137857b8dbef5b4ddc8947002735cc1db86e899fdfeb65ffe3a57f6b605a2618a6cb02e44460ae9bc64554a1450a2b00d21f05b789d23319ba9b545d67f5f8095508f8615bf81cb85ebd55b7fb6b301757738f1810656cd2a35a593bc72c5aa6f1bbd931f8b013a957c0abbf4473e4b9f205f033a03b883a45ced7e40ae2e51d705c21279c74dcdae5194d315cc159d6fd4494fa740e717cc2bea49c8fd12b8acba907397004b61c931a424f381d81e5a7302cee70b94e0d6a343fe3935cde46a9f4c8ffc7f74ad9b6cd321dbb70ca7bab1d89969ebfdb65d59bb4adc23aa07940f82e4ac4dc609636693eaade7d9039a77b9452e0a8a1bfc4c0de226d59b6e3a1f66642f48fa06aa6b40a860da167183b50d2cfe80f65190fc54b5fdddd6c0ff4369db855272afb8767563fa26904bbcf2699724225df25ed2e87d2c65c2605d23941a0ddf72b834f02623b092876477d5419b56c95653e7c5832a5ac833f64b4476aaf50f6f18d7a22736af71736a365ba8b45bb74255d619a2c5445fb96e0ae92b0e72415cea344dd0a75c2ff95136d6ad919677601d760f6e2c159262f29e0d41d7797fa90531a33b0b19e152a55596b9ddd0ef4c54cab63befa8963b5ff2c83b11493e46a3be8823bef8d0f3cb30f4397dafec200cdbabb4a6563721b6dafa0f88f5735964c40556a58aa582e468fdb53b38bd4232efaff751fb3f93bf01508ad6a0', NULL);
INSERT INTO public.evidence VALUES ('0655b462ac283bf89f29fc9096df91c32909644790f99d4f0d530b4001b0828a', '/location/1-1000000005/reports/AP2001/safe', 'text/html; charset=utf-8', '2026-11-28 20:37:50.973792', '\x789cb556db72db36107df7576cd89776a60c75b165399538e32abe4ddaf8da4bdae964406229222601860045d94ffd87fe61bfa4bb20a5386d347df28b002c0e76177b0e969abd787db9b87b777502b92b8b786fc60314422fe701eaf0ecfb806d28240d253a01692e6a8b6e1e342e0ba7bceb942b307e8b2ec73a798085a811848373532284706c2d5a5ba276b3a843f68eb428711ea4b6ce4267ee5107901aed0847c6ab5add1cbe193c3e861fcea717ad4df2836c727b77f1e31aef1f6f3f72549bd6aa72a08d4ec9cde5f9a9f835c145a1ee9ab3c57a91fdbc7e5bee97d35666eb07bc3f0de295a8a1c0256a0973f83db86c9c75424ba597c1b7109c192379bcc18f8daad1822aabdaac90f366fb851692b684c3e08fef6651179cb288fad224463ef485c29a2602f21ab379f05529940ee2db7b558133c0abcd356791206066ea1244ea94d1f320b228ea340f40c979d0cd4306f07d0b916011df7a2390110458ac572a4598295d35ae2f2815671675e0bd7ec33d54b4912b29b9ca1d8cddbe4f1a55c8f74a06b01245d35b43adaf53fbdb893b5887076ad98a93c1f5f47af466980db2773f9d1eaf399b8891346ab18a674d11cf0a156f2f1da524813027fe6d107b39f8395f985253ff02f31e1f08e2f37eb613682be5446119d94f7740a5499da909f8ba9bec82110dca3ac6f5b31dc065a3a420a1311b210b4311cd74ecacb77b42b6f61d4eaa2629542a986a3a7af564f5e940c4b58cb8aabdb6bc9abc6c58135e4d9016c2da79b052d802ff84d294a192e1d13049f713399647431c1d0ec6692a45329ec8893cc20321703a1964c3e1d150ec1f8e926c9c4ce87774443f879865021326b6e7724305087a31a962f236e991ca875f7eed94f190b6abf8062b533bc86a53c2680aa798d48da81f6034181d8078d210aa8d84f251bce89e0545a20539b9d4e07265a1a2143a649fdbe58a758fedb6c43fd0a3d0f490216d0ad7b07efa8d5b91e19222f32bdf1a2ff4ca142b865768aa02bb77a9290ad4cadedbcf4e03b508a0ea20bdd01502b58c2cdb3a7b4a16e5cc789f3c9560c3514d04538789b9bf7497a83abf7ffff95777bd1285b6d0221486baa0f44a42d611cbca64d0e654dd6da68584c6faa4365b74d28af6e5c6f91dfbdc34069b9a9a5c4e26f0b5a13e40478683c1373e848f4ddc8997f05f9907f1a9e21074661383b3639edb1c35af3b16bd9b3d76c312f6799d9b96f75351101bd42f0982b64fc5f669e6e32f7046465f1d06be82312369f90b1dada830d02a976fead0e686cae05d6fefcab13dc673f429d0e71a78a620ffafa967bcdd4e8d3e47cc885b108d2fc2103a71bf8227df520843ff51338e1a1705f3ede1ba118572d42b4c592a6ba9e3f954b6b213694a5a52896254101f3f5d76adb17748e1fb0f6de4ffadfc03d5faf290', NULL);
INSERT INTO public.feed VALUES ('location', '2026-11-28 20:37:12', '2026-11-28 20:37:12', '2026-11-28 20:37:12', '2026-11-28 20:52:12');
INSERT INTO public.feed_key VALUES ('Leeds', 2, '9d735a6eac863fc342aac955d34a043923e4437afa28b01903150304ec67cfc3', '2026-11-18 20:37:12');
INSERT INTO public.feed_named VALUES ('2026-11-28', '1-1000000002');
INSERT INTO public.message VALUES ('fdcf65d8361346198fbced73a3ffaf34', 'digest', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', '{"events": ["silent 2026-11-28T07:30:00+00:00"], "period": "daily", "stale": [["1-1000000006", null]]}', '2026-11-28 20:37:27.303875', 'sent', 1, 0, NULL, '2026-11-28 20:37:27.303875', NULL, '250 2.0.0 queued as SIM00017', '2026-11-28 20:37:35.997762', NULL, NULL, '{"subject":"CQC daily digest: no news; 1 service could not be read","sections":[{"role":"title","heading":"CQC daily digest","said":[],"notes":["This covers 18 November 2026 at 8:37pm to 28 November 2026 at 8:37pm.","No news; 1 service could not be read."],"facts":[],"link":null,"links":[]},{"role":"part","heading":"Not read well","said":[],"notes":["We have not been able to read what CQC publishes about these services. That you hear nothing about them does not mean that nothing happened: please look yourself."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006: never read well yet","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because you asked for the daily digest.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('37d41cbd19c940158d375230d4e0b51d', 'digest', 'mailto:gone@council.example', '3cd15bae1cefee5628cc3c46963cc0a0affe01543db69fd6a0b62589f71b41f0', '{"events": ["silent 2026-11-28T07:30:00+00:00"], "period": "daily", "stale": [["1-1000000006", null]]}', '2026-11-28 20:37:27.303875', 'dead', 1, 0, NULL, '2026-11-28 20:37:27.303875', NULL, '550 No such user (at RCPT TO)', NULL, NULL, '2026-11-28 20:37:33.018135', NULL);
INSERT INTO public.message VALUES ('1de0bb57fd1e448286e43a52259407df', 'welcome', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', '{"events": []}', '2026-11-28 20:37:27.303875', 'sent', 1, 0, NULL, '2026-11-28 20:37:27.303875', NULL, '250 2.0.0 queued as SIM00007', '2026-11-28 20:37:32.049892', NULL, NULL, '{"subject":"Leeds: watching 6 services, 1 already inadequate or in special measures, 1 not read yet","sections":[{"role":"title","heading":"Leeds: watching 6 services","said":[],"notes":["You will get a message as soon as we see that a rating fell or was withdrawn, that a service entered or remains in special measures, or that CQC took enforcement action. Other changes come with the next message, or once a day.","Of the 5 services that we have read, this one is already rated Inadequate, overall or for a key question, or in special measures."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"Larch Grove","said":[{"text":"Overall rating: Inadequate","urgent":true,"detail":null,"quote":null,"link":null},{"text":"Rated Inadequate for Caring, Effective, Responsive, Safe and Well-led","urgent":true,"detail":null,"quote":null,"link":null},{"text":"In special measures","urgent":true,"detail":null,"quote":"CQC writes: “This service remains in special measures.”","link":null}],"notes":[],"facts":[{"label":"Type","value":"Care home"},{"label":"Address","value":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA"},{"label":"Provider","value":"Hartwell Care Limited"}],"link":{"text":"CQC''s page about Larch Grove","url":"https://www.cqc.example/location/1-1000000002"},"links":[]},{"role":"part","heading":"Not read yet","said":[],"notes":["We have not been able to read what CQC publishes about these services, and keep trying. Until then we cannot tell you about them."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because this address was subscribed to the watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('3ea86e8fa6684c1f81b0fcb296feef8f', 'sign in', 'mailto:operator@council.example', '6546ee61a068285a1041fa9b268b139ae9988b5e66694e8db02864f509bb8cf5', '{"token": "gAAAAABrCzuF0O2-w_i7y-nILWLSWw061kDXt20fcwfnVguPS2NgWyRx7Jn7G_bTKR5Ibw9zEpzYr34dyh5tzKfexziiYAt0qtsXNHwWQ6GMA_lI2g71_oPDwpAKEg9GHe7ne1I2bRcv", "until": "2026-12-05T20:37:12+00:00", "invitation": true}', '2026-11-18 20:37:12', 'sent', 1, 0, NULL, '2026-11-18 20:37:12', NULL, '250 2.0.0 queued as SIM00002', '2026-11-28 20:37:29.781363', NULL, NULL, NULL);
INSERT INTO public.message VALUES ('d8857f7223fe5635b2119b4b3f9319da', 'trouble', 'mailto:oncall@council.example', 'ec78b8d1ecc0f32075efd2cd92dbf632b7d86a67f486315bc3ed295b36d0df01', '{"subject": "1 service has not been read well for too long", "lines": ["1-1000000006 : CQC''s answer was empty"]}', '2026-11-28 20:37:27.290022', 'sent', 1, 0, NULL, '2026-11-28 20:37:27.290022', NULL, '250 2.0.0 queued as SIM00003', '2026-11-28 20:37:29.786025', NULL, NULL, NULL);
INSERT INTO public.message VALUES ('47b36aaa886656088b2c90ca0822a7e8', 'confirm', 'mailto:unconfirmed@council.example', '5e31a3eb7a150078cebd6b982ca57041c62bac76dd8ebb80c6128867251a196f', '{"watchlist": "Leeds", "asked_by": "editor@council.example"}', '2026-11-18 20:37:12', 'sent', 1, 0, NULL, '2026-11-18 20:37:12', NULL, '250 2.0.0 queued as SIM00001', '2026-11-28 20:37:29.77671', NULL, NULL, NULL);
INSERT INTO public.message VALUES ('97a5599ad1274fb79d01cc43c5df4314', 'welcome', 'mailto:few@council.example', 'a854adc9eadc7a74e5a360947ffdbbe8072bb32ae06c0ddd5a73fc67bda51dfd', '{"events": []}', '2026-11-28 20:37:27.303875', 'sent', 1, 0, NULL, '2026-11-28 20:37:27.303875', NULL, '250 2.0.0 queued as SIM00011', '2026-11-28 20:37:34.517357', NULL, NULL, '{"subject":"Leeds: watching 6 services, 1 already inadequate or in special measures, 1 not read yet","sections":[{"role":"title","heading":"Leeds: watching 6 services","said":[],"notes":["You will get a message as soon as we see that a rating fell or was withdrawn, that a service entered or remains in special measures, or that CQC took enforcement action. Other changes come with the next message, or once a day.","Of the 5 services that we have read, this one is already rated Inadequate, overall or for a key question, or in special measures."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"Larch Grove","said":[{"text":"Overall rating: Inadequate","urgent":true,"detail":null,"quote":null,"link":null},{"text":"Rated Inadequate for Caring, Effective, Responsive, Safe and Well-led","urgent":true,"detail":null,"quote":null,"link":null},{"text":"In special measures","urgent":true,"detail":null,"quote":"CQC writes: “This service remains in special measures.”","link":null}],"notes":[],"facts":[{"label":"Type","value":"Care home"},{"label":"Address","value":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA"},{"label":"Provider","value":"Hartwell Care Limited"}],"link":{"text":"CQC''s page about Larch Grove","url":"https://www.cqc.example/location/1-1000000002"},"links":[]},{"role":"part","heading":"Not read yet","said":[],"notes":["We have not been able to read what CQC publishes about these services, and keep trying. Until then we cannot tell you about them."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because this address was subscribed to the watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('07720a2b7ac748879b7fa1f3972e5684', 'welcome', 'mailto:scores@council.example', '715555080b1481056eab9d9a4b060dc7107276da36b10145b3da8c1e9e8b61e9', '{"events": []}', '2026-11-28 20:37:27.303875', 'sent', 1, 0, NULL, '2026-11-28 20:37:27.303875', NULL, '250 2.0.0 queued as SIM00004', '2026-11-28 20:37:32.002224', NULL, NULL, '{"subject":"Care at home: watching 2 services","sections":[{"role":"title","heading":"Care at home: watching 2 services","said":[],"notes":["You will get a message as soon as we see that a rating fell or was withdrawn, that a service entered or remains in special measures, or that CQC took enforcement action. Other changes come with the next message, or once a day.","None of the 2 services that we have read is rated Inadequate, overall or for a key question, or stated to be in special measures."],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because this address was subscribed to the watchlist Care at home.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('0e2acd0bce93457b81edd484118eaede', 'welcome', 'mailto:all@council.example', '4f2bc905e4e39e075bec9e4dc18e078bfe2c6afa873d6fc505282294e879e6dc', '{"events": []}', '2026-11-28 20:37:27.303875', 'sent', 1, 0, NULL, '2026-11-28 20:37:27.303875', NULL, '250 2.0.0 queued as SIM00005', '2026-11-28 20:37:32.029088', NULL, NULL, '{"subject":"Care at home: watching 2 services","sections":[{"role":"title","heading":"Care at home: watching 2 services","said":[],"notes":["You will get a message as soon as we see that a rating fell or was withdrawn, that a service entered or remains in special measures, or that CQC took enforcement action. Other changes come with the next message, or once a day.","None of the 2 services that we have read is rated Inadequate, overall or for a key question, or stated to be in special measures."],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because this address was subscribed to the watchlist Care at home.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('17cfed2ccc284ad8baeb33f5bf9a4d46', 'still watching', 'mailto:all@council.example', '4f2bc905e4e39e075bec9e4dc18e078bfe2c6afa873d6fc505282294e879e6dc', '{"events": [], "period": "weekly", "total": 2, "all_since": "2026-11-28T20:37:26.840518+00:00", "stale": []}', '2026-11-28 20:37:27.303875', 'sent', 1, 0, NULL, '2026-11-28 20:37:27.303875', NULL, '250 2.0.0 queued as SIM00006', '2026-11-28 20:37:32.029872', NULL, NULL, '{"subject":"Care at home: still watching 2 services, all read within the last hour","sections":[{"role":"title","heading":"Care at home: still watching 2 services, all read within the last hour","said":[],"notes":["As of 28 November 2026 at 8:37pm.","This is a sign of life and says nothing of what changed: that comes in messages of its own. You should get one every week. If it stays away, please ask whoever runs the monitor."],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because a weekly sign of life was asked for with your watchlist Care at home.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('48f88a59c3144997879a755fa5b00c58', 'digest', 'mailto:daily@council.example', '8371779183afef49137df4fcb3b04be01a95ce995c014ef8efff34d1d10e0630', '{"events": ["silent 2026-11-28T07:30:00+00:00"], "period": "daily", "stale": [["1-1000000006", null]]}', '2026-11-28 20:37:27.303875', 'sent', 1, 0, NULL, '2026-11-28 20:37:27.303875', NULL, '250 2.0.0 queued as SIM00009', '2026-11-28 20:37:34.137703', NULL, NULL, '{"subject":"CQC daily digest: no news; 1 service could not be read","sections":[{"role":"title","heading":"CQC daily digest","said":[],"notes":["This covers 18 November 2026 at 8:37pm to 28 November 2026 at 8:37pm.","No news; 1 service could not be read."],"facts":[],"link":null,"links":[]},{"role":"part","heading":"Not read well","said":[],"notes":["We have not been able to read what CQC publishes about these services. That you hear nothing about them does not mean that nothing happened: please look yourself."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006: never read well yet","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because you asked for the daily digest.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('a356bf12765a4764911e10cea8b267fa', 'digest', 'mailto:weekly@council.example', 'bc7a07bd1559b78a0e2d7f0a5e7754c27df4c4616bc16164ea91b8ef4ddfac01', '{"events": ["silent 2026-11-25T07:30:00+00:00"], "period": "weekly", "stale": [["1-1000000006", null]]}', '2026-11-28 20:37:27.303875', 'sent', 1, 0, NULL, '2026-11-28 20:37:27.303875', NULL, '250 2.0.0 queued as SIM00012', '2026-11-28 20:37:34.530658', NULL, NULL, '{"subject":"CQC weekly digest: no news; 1 service could not be read","sections":[{"role":"title","heading":"CQC weekly digest","said":[],"notes":["This covers 18 November 2026 at 8:37pm to 28 November 2026 at 8:37pm.","No news; 1 service could not be read."],"facts":[],"link":null,"links":[]},{"role":"part","heading":"Not read well","said":[],"notes":["We have not been able to read what CQC publishes about these services. That you hear nothing about them does not mean that nothing happened: please look yourself."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006: never read well yet","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because you asked for the weekly digest.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('3a1e53f06b7843cb8574dfb03e72c6e7', 'digest', 'mailto:few@council.example', 'a854adc9eadc7a74e5a360947ffdbbe8072bb32ae06c0ddd5a73fc67bda51dfd', '{"events": ["silent 2026-11-28T08:00:00+00:00"], "period": "daily", "stale": [["1-1000000006", null]]}', '2026-11-28 20:37:27.303875', 'sent', 1, 0, NULL, '2026-11-28 20:37:27.303875', NULL, '250 2.0.0 queued as SIM00008', '2026-11-28 20:37:33.58684', NULL, NULL, '{"subject":"CQC daily digest: no news; 1 service could not be read","sections":[{"role":"title","heading":"CQC daily digest","said":[],"notes":["This covers 18 November 2026 at 8:37pm to 28 November 2026 at 8:37pm.","No news; 1 service could not be read."],"facts":[],"link":null,"links":[]},{"role":"part","heading":"Not read well","said":[],"notes":["We have not been able to read what CQC publishes about these services. That you hear nothing about them does not mean that nothing happened: please look yourself."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006: never read well yet","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because you asked for the daily digest.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('752e1e1a8abf4439abdc53157ac2b3d4', 'digest', 'mailto:no-reports@council.example', '78a16d946fa7fee05d1d9bec5cd41c36bee72951f1fd3b6d1439611fbe59e9eb', '{"events": ["silent 2026-11-28T08:00:00+00:00"], "period": "daily", "stale": [["1-1000000006", null]]}', '2026-11-28 20:37:27.303875', 'sent', 1, 0, NULL, '2026-11-28 20:37:27.303875', NULL, '250 2.0.0 queued as SIM00010', '2026-11-28 20:37:34.145339', NULL, NULL, '{"subject":"CQC daily digest: no news; 1 service could not be read","sections":[{"role":"title","heading":"CQC daily digest","said":[],"notes":["This covers 18 November 2026 at 8:37pm to 28 November 2026 at 8:37pm.","No news; 1 service could not be read."],"facts":[],"link":null,"links":[]},{"role":"part","heading":"Not read well","said":[],"notes":["We have not been able to read what CQC publishes about these services. That you hear nothing about them does not mean that nothing happened: please look yourself."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006: never read well yet","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because you asked for the daily digest.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('ae42cc16537d4817ad8b6824e2f213b8', 'welcome', 'mailto:none@council.example', '4304186f64bb94a19e173eacf36a99938036539b38299134e618b6cda2fc2580', '{"events": []}', '2026-11-28 20:37:27.303875', 'sent', 1, 0, NULL, '2026-11-28 20:37:27.303875', NULL, '250 2.0.0 queued as SIM00013', '2026-11-28 20:37:34.705868', NULL, NULL, '{"subject":"Care at home: watching 2 services","sections":[{"role":"title","heading":"Care at home: watching 2 services","said":[],"notes":["You will get a message as soon as we see that a rating fell or was withdrawn, that a service entered or remains in special measures, or that CQC took enforcement action. Other changes come with the next message, or once a day.","None of the 2 services that we have read is rated Inadequate, overall or for a key question, or stated to be in special measures."],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because this address was subscribed to the watchlist Care at home.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('b9875e932ad4405884b270091d4661b1', 'welcome', 'mailto:no-reports@council.example', '78a16d946fa7fee05d1d9bec5cd41c36bee72951f1fd3b6d1439611fbe59e9eb', '{"events": []}', '2026-11-28 20:37:27.303875', 'sent', 1, 0, NULL, '2026-11-28 20:37:27.303875', NULL, '250 2.0.0 queued as SIM00014', '2026-11-28 20:37:34.786269', NULL, NULL, '{"subject":"Leeds: watching 6 services, 1 already inadequate or in special measures, 1 not read yet","sections":[{"role":"title","heading":"Leeds: watching 6 services","said":[],"notes":["You will get a message as soon as we see that a rating fell or was withdrawn, that a service entered or remains in special measures, or that CQC took enforcement action. Other changes come with the next message, or once a day.","Of the 5 services that we have read, this one is already rated Inadequate, overall or for a key question, or in special measures."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"Larch Grove","said":[{"text":"Overall rating: Inadequate","urgent":true,"detail":null,"quote":null,"link":null},{"text":"Rated Inadequate for Caring, Effective, Responsive, Safe and Well-led","urgent":true,"detail":null,"quote":null,"link":null},{"text":"In special measures","urgent":true,"detail":null,"quote":"CQC writes: “This service remains in special measures.”","link":null}],"notes":[],"facts":[{"label":"Type","value":"Care home"},{"label":"Address","value":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA"},{"label":"Provider","value":"Hartwell Care Limited"}],"link":{"text":"CQC''s page about Larch Grove","url":"https://www.cqc.example/location/1-1000000002"},"links":[]},{"role":"part","heading":"Not read yet","said":[],"notes":["We have not been able to read what CQC publishes about these services, and keep trying. Until then we cannot tell you about them."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because this address was subscribed to the watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('fc51ba2fb54741098c2fc9e86cec3c8e', 'still watching', 'mailto:weekly@council.example', 'bc7a07bd1559b78a0e2d7f0a5e7754c27df4c4616bc16164ea91b8ef4ddfac01', '{"events": [], "period": "weekly", "total": 6, "all_since": "2026-11-28T20:37:26.722755+00:00", "stale": [["1-1000000006", null]]}', '2026-11-28 20:37:27.303875', 'sent', 1, 0, NULL, '2026-11-28 20:37:27.303875', NULL, '250 2.0.0 queued as SIM00015', '2026-11-28 20:37:34.904601', NULL, NULL, '{"subject":"Leeds: still watching 6 services, 1 of them not read well","sections":[{"role":"title","heading":"Leeds: still watching 6 services, 1 of them not read well","said":[],"notes":["As of 28 November 2026 at 8:37pm.","This is a sign of life and says nothing of what changed: that comes in messages of its own. You should get one every week. If it stays away, please ask whoever runs the monitor."],"facts":[],"link":null,"links":[]},{"role":"part","heading":"Not read well","said":[],"notes":["We have not been able to read what CQC publishes about these services. That you hear nothing about them does not mean that nothing happened: please look yourself."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006: never read well yet","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because a weekly sign of life was asked for with your watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('42437854e933556fad3549f36a45a51c', 'trouble', 'mailto:oncall@council.example', 'ec78b8d1ecc0f32075efd2cd92dbf632b7d86a67f486315bc3ed295b36d0df01', '{"subject": "a message could not be delivered", "lines": ["To mailto:gone@council.example: 550 No such user (at RCPT TO)", "Given up at attempt 1.", "cqc-monitor outbox list names it; once the cause is put right, cqc-monitor outbox retry sends it again."]}', '2026-11-28 20:37:33.018135', 'sent', 1, 0, NULL, '2026-11-28 20:37:33.018135', NULL, '250 2.0.0 queued as SIM00016', '2026-11-28 20:37:35.953643', NULL, NULL, NULL);
INSERT INTO public.message VALUES ('c9a266acaec644b995180eb85be62e3a', 'alert', 'mailto:gone@council.example', '3cd15bae1cefee5628cc3c46963cc0a0affe01543db69fd6a0b62589f71b41f0', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53", "3b7cfc4525ad2603"]}', '2026-11-28 20:37:38.989181', 'dead', 1, 0, NULL, '2026-11-28 20:37:38.989181', NULL, '550 No such user (at RCPT TO)', NULL, NULL, '2026-11-28 20:37:41.597626', NULL);
INSERT INTO public.message VALUES ('c13ff1df75dd5c9da29e9348cd9c0e80', 'trouble', 'mailto:oncall@council.example', 'ec78b8d1ecc0f32075efd2cd92dbf632b7d86a67f486315bc3ed295b36d0df01', '{"subject": "a message could not be delivered", "lines": ["To mailto:gone@council.example: 550 No such user (at RCPT TO)", "Given up at attempt 1.", "Hollins View (1-1000000003), Care home, 12 Orchard Lane, Netherby, Leicestershire, LE1 1AA", "Overall rating fell from Good to Requires improvement. Published by CQC 13 October 2026, seen by us 28 November 2026 at 8:37pm.", "Rating for Safe fell from Good to Requires improvement. Published by CQC 13 October 2026, seen by us 28 November 2026 at 8:37pm.", "New report published. Published by CQC 13 October 2026, seen by us 28 November 2026 at 8:37pm.", "https://www.cqc.example/location/1-1000000003", "cqc-monitor outbox list names it; once the cause is put right, cqc-monitor outbox retry sends it again."]}', '2026-11-28 20:37:41.597626', 'sent', 1, 0, NULL, '2026-11-28 20:37:41.597626', NULL, '250 2.0.0 queued as SIM00021', '2026-11-28 20:37:42.933025', NULL, NULL, NULL);
INSERT INTO public.message VALUES ('78bb4948bc8048f5b28409ad732c6bea', 'alert', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53", "3b7cfc4525ad2603"]}', '2026-11-28 20:37:38.989181', 'sent', 1, 0, NULL, '2026-11-28 20:37:38.989181', NULL, '250 2.0.0 queued as SIM00018', '2026-11-28 20:37:40.2947', NULL, NULL, '{"subject":"Hollins View: overall rating fell from Good to Requires improvement","sections":[{"role":"title","heading":"Hollins View","said":[{"text":"Overall rating fell from Good to Requires improvement","urgent":true,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/29acb6e3331afeee"}},{"text":"Rating for Safe fell from Good to Requires improvement","urgent":true,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/f20c1ed2f5da8d53"}},{"text":"New report published","urgent":false,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/3b7cfc4525ad2603"}}],"notes":[],"facts":[{"label":"Type","value":"Care home"},{"label":"Address","value":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA"},{"label":"Provider","value":"Hartwell Care Limited"},{"label":"Published by CQC","value":"13 October 2026"},{"label":"Seen by us","value":"28 November 2026 at 8:37pm"}],"link":{"text":"CQC''s page about Hollins View","url":"https://www.cqc.example/location/1-1000000003"},"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because Hollins View is on your watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('b13e9483279f4edfb298a082afba2306', 'alert', 'mailto:few@council.example', 'a854adc9eadc7a74e5a360947ffdbbe8072bb32ae06c0ddd5a73fc67bda51dfd', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53"]}', '2026-11-28 20:37:38.989181', 'sent', 1, 0, NULL, '2026-11-28 20:37:38.989181', NULL, '250 2.0.0 queued as SIM00019', '2026-11-28 20:37:40.787399', NULL, NULL, '{"subject":"Hollins View: overall rating fell from Good to Requires improvement","sections":[{"role":"title","heading":"Hollins View","said":[{"text":"Overall rating fell from Good to Requires improvement","urgent":true,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/29acb6e3331afeee"}},{"text":"Rating for Safe fell from Good to Requires improvement","urgent":true,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/f20c1ed2f5da8d53"}}],"notes":[],"facts":[{"label":"Type","value":"Care home"},{"label":"Address","value":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA"},{"label":"Provider","value":"Hartwell Care Limited"},{"label":"Published by CQC","value":"13 October 2026"},{"label":"Seen by us","value":"28 November 2026 at 8:37pm"}],"link":{"text":"CQC''s page about Hollins View","url":"https://www.cqc.example/location/1-1000000003"},"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because Hollins View is on your watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('4309aeba1b534d8286e13deb93c7bbcd', 'digest', 'gAAAAABrCzuBq51QmwEMppsLZykzj2ifiFOT0NssAN-0o3I_v4BQMkc9Fo9QMCBUGjXW5N7xqethclMMC01j7_kKSIIuOnH5KxGsN7-ccxIkDHos3pVKH6oz5W4DXizMER7377mAy2tVFJgd10ka7rOUCef8pWLvrA==', '7718951d8cbbd13f8269587288d0a62604ab80bb7a1d3151795611bf32c26046', '{"events": ["silent 2026-11-28T07:30:00+00:00"], "period": "daily", "stale": [["1-1000000006", null]]}', '2026-11-28 20:37:27.303875', 'pending', 2, 0, NULL, '2026-11-28 20:37:48.698787', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('be271affde9d415384a0fe0d69430f20', 'digest', 'gAAAAABrCzuBaWmj4yJvO19b9DILrrON4MneIW6A5p3mgiekA-_mQ939Q5MDaB0e5hkYIuJVW1YYVgyiYBVIbkQ_fscSZ0eK3P8Rh6pcgJLqmtj33w7O-XAV0A833sMR3GHjklYN2CIQ', '918bedb9c6077481ade2eaeb331eda4da2bddcca2fce1cd2950e26595898e8bf', '{"events": ["silent 2026-11-25T07:30:00+00:00"], "period": "weekly", "stale": [["1-1000000006", null]]}', '2026-11-28 20:37:27.303875', 'pending', 1, 0, NULL, '2026-11-28 20:37:48.698787', NULL, '404 Not Found', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('f46c3fd032a94da0ba66b6c005a1207c', 'alert', 'mailto:no-reports@council.example', '78a16d946fa7fee05d1d9bec5cd41c36bee72951f1fd3b6d1439611fbe59e9eb', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53"]}', '2026-11-28 20:37:38.989181', 'sent', 1, 0, NULL, '2026-11-28 20:37:38.989181', NULL, '250 2.0.0 queued as SIM00020', '2026-11-28 20:37:42.070048', NULL, NULL, '{"subject":"Hollins View: overall rating fell from Good to Requires improvement","sections":[{"role":"title","heading":"Hollins View","said":[{"text":"Overall rating fell from Good to Requires improvement","urgent":true,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/29acb6e3331afeee"}},{"text":"Rating for Safe fell from Good to Requires improvement","urgent":true,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/f20c1ed2f5da8d53"}}],"notes":[],"facts":[{"label":"Type","value":"Care home"},{"label":"Address","value":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA"},{"label":"Provider","value":"Hartwell Care Limited"},{"label":"Published by CQC","value":"13 October 2026"},{"label":"Seen by us","value":"28 November 2026 at 8:37pm"}],"link":{"text":"CQC''s page about Hollins View","url":"https://www.cqc.example/location/1-1000000003"},"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because Hollins View is on your watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('5661c116f5c54464bc550f6763a11904', 'alert', 'mailto:all@council.example', '4f2bc905e4e39e075bec9e4dc18e078bfe2c6afa873d6fc505282294e879e6dc', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e", "77118ef83558c65a", "6f8e4058c4ea298a", "edeb4152ba75f0e6"]}', '2026-11-28 20:37:48.698787', 'pending', 1, 0, NULL, '2026-11-28 20:37:48.698787', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('8a3141739c514c82b301aad13b9b2181', 'alert', 'mailto:no-reports@council.example', '78a16d946fa7fee05d1d9bec5cd41c36bee72951f1fd3b6d1439611fbe59e9eb', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e", "77118ef83558c65a", "6f8e4058c4ea298a"]}', '2026-11-28 20:37:48.698787', 'pending', 1, 0, NULL, '2026-11-28 20:37:48.698787', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('8f8aea2162e940ffa8670e4d7bd2f7da', 'alert', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e", "77118ef83558c65a", "6f8e4058c4ea298a", "edeb4152ba75f0e6"]}', '2026-11-28 20:37:48.698787', 'pending', 1, 0, NULL, '2026-11-28 20:37:48.698787', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('9224ef9ffbd94d398288f383706e1042', 'alert', 'mailto:gone@council.example', '3cd15bae1cefee5628cc3c46963cc0a0affe01543db69fd6a0b62589f71b41f0', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e", "77118ef83558c65a", "6f8e4058c4ea298a", "edeb4152ba75f0e6"]}', '2026-11-28 20:37:48.698787', 'pending', 1, 0, NULL, '2026-11-28 20:37:48.698787', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('cff9ff7daa9e4e819a798e45a3b5b09d', 'alert', 'mailto:few@council.example', 'a854adc9eadc7a74e5a360947ffdbbe8072bb32ae06c0ddd5a73fc67bda51dfd', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e", "77118ef83558c65a", "6f8e4058c4ea298a"]}', '2026-11-28 20:37:48.698787', 'pending', 0, 0, NULL, '2026-11-28 20:37:48.698787', NULL, '404 Not Found', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('d7cf8626c3cd4062a5b406fbc843172b', 'alert', 'mailto:none@council.example', '4304186f64bb94a19e173eacf36a99938036539b38299134e618b6cda2fc2580', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e"]}', '2026-11-28 20:37:48.698787', 'pending', 1, 0, NULL, '2026-11-28 20:37:48.698787', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('f2a072c75165466eab20dd1bd03693f3', 'alert', 'mailto:scores@council.example', '715555080b1481056eab9d9a4b060dc7107276da36b10145b3da8c1e9e8b61e9', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e"]}', '2026-11-28 20:37:48.698787', 'pending', 1, 0, NULL, '2026-11-28 20:37:48.698787', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('f90f98a7d6464e01a271c3ebfaa65f00', 'alert', 'gAAAAABrCzuBq51QmwEMppsLZykzj2ifiFOT0NssAN-0o3I_v4BQMkc9Fo9QMCBUGjXW5N7xqethclMMC01j7_kKSIIuOnH5KxGsN7-ccxIkDHos3pVKH6oz5W4DXizMER7377mAy2tVFJgd10ka7rOUCef8pWLvrA==', '7718951d8cbbd13f8269587288d0a62604ab80bb7a1d3151795611bf32c26046', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e", "77118ef83558c65a", "6f8e4058c4ea298a", "edeb4152ba75f0e6"]}', '2026-11-28 20:37:48.698787', 'pending', 1, 0, NULL, '2026-11-28 20:37:48.698787', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('746f4d94af814cd787a3d124aa258831', 'alert', 'gAAAAABrCzuBq51QmwEMppsLZykzj2ifiFOT0NssAN-0o3I_v4BQMkc9Fo9QMCBUGjXW5N7xqethclMMC01j7_kKSIIuOnH5KxGsN7-ccxIkDHos3pVKH6oz5W4DXizMER7377mAy2tVFJgd10ka7rOUCef8pWLvrA==', '7718951d8cbbd13f8269587288d0a62604ab80bb7a1d3151795611bf32c26046', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53", "3b7cfc4525ad2603"]}', '2026-11-28 20:37:38.989181', 'pending', 2, 0, NULL, '2026-11-28 20:37:48.698787', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('7fc52575b9e8418799361287bdd58863', 'welcome', 'gAAAAABrCzuBq51QmwEMppsLZykzj2ifiFOT0NssAN-0o3I_v4BQMkc9Fo9QMCBUGjXW5N7xqethclMMC01j7_kKSIIuOnH5KxGsN7-ccxIkDHos3pVKH6oz5W4DXizMER7377mAy2tVFJgd10ka7rOUCef8pWLvrA==', '7718951d8cbbd13f8269587288d0a62604ab80bb7a1d3151795611bf32c26046', '{"events": []}', '2026-11-28 20:37:27.303875', 'pending', 2, 0, NULL, '2026-11-28 20:37:48.698787', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('ae35fbee0d8f43ffb3de3ae51d82d6d9', 'still watching', 'gAAAAABrCzuBq51QmwEMppsLZykzj2ifiFOT0NssAN-0o3I_v4BQMkc9Fo9QMCBUGjXW5N7xqethclMMC01j7_kKSIIuOnH5KxGsN7-ccxIkDHos3pVKH6oz5W4DXizMER7377mAy2tVFJgd10ka7rOUCef8pWLvrA==', '7718951d8cbbd13f8269587288d0a62604ab80bb7a1d3151795611bf32c26046', '{"events": [], "period": "weekly", "total": 6, "all_since": "2026-11-28T20:37:26.722755+00:00", "stale": [["1-1000000006", null]]}', '2026-11-28 20:37:27.303875', 'pending', 2, 0, NULL, '2026-11-28 20:37:48.698787', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.notice VALUES (5, 'welcome', 11, '2026-11-18 20:37:12', false, NULL);
INSERT INTO public.notice VALUES (1, 'welcome', 1, '2026-11-18 20:37:12', false, '1de0bb57fd1e448286e43a52259407df');
INSERT INTO public.notice VALUES (2, 'welcome', 5, '2026-11-18 20:37:12', false, '7fc52575b9e8418799361287bdd58863');
INSERT INTO public.notice VALUES (3, 'welcome', 9, '2026-11-18 20:37:12', false, 'b9875e932ad4405884b270091d4661b1');
INSERT INTO public.notice VALUES (4, 'welcome', 10, '2026-11-18 20:37:12', false, '97a5599ad1274fb79d01cc43c5df4314');
INSERT INTO public.notice VALUES (6, 'welcome', 12, '2026-11-18 20:37:12', false, '0e2acd0bce93457b81edd484118eaede');
INSERT INTO public.notice VALUES (7, 'welcome', 13, '2026-11-18 20:37:12', false, '07720a2b7ac748879b7fa1f3972e5684');
INSERT INTO public.notice VALUES (8, 'welcome', 14, '2026-11-18 20:37:12', false, 'ae42cc16537d4817ad8b6824e2f213b8');
INSERT INTO public.notice VALUES (17, 'still watching 2026-11-25T07:30:00+00:00', 4, '2026-11-25 07:30:00', false, 'fc51ba2fb54741098c2fc9e86cec3c8e');
INSERT INTO public.notice VALUES (18, 'still watching 2026-11-25T07:30:00+00:00', 5, '2026-11-25 07:30:00', false, 'ae35fbee0d8f43ffb3de3ae51d82d6d9');
INSERT INTO public.notice VALUES (19, 'still watching 2026-11-23T08:00:00+00:00', 12, '2026-11-23 08:00:00', false, '17cfed2ccc284ad8baeb33f5bf9a4d46');
INSERT INTO public.notice VALUES (9, 'silent 2026-11-28T07:30:00+00:00', 1, '2026-11-28 07:30:00', false, 'fdcf65d8361346198fbced73a3ffaf34');
INSERT INTO public.notice VALUES (10, 'silent 2026-11-28T07:30:00+00:00', 2, '2026-11-28 07:30:00', false, '37d41cbd19c940158d375230d4e0b51d');
INSERT INTO public.notice VALUES (11, 'silent 2026-11-28T07:30:00+00:00', 3, '2026-11-28 07:30:00', false, '48f88a59c3144997879a755fa5b00c58');
INSERT INTO public.notice VALUES (12, 'silent 2026-11-25T07:30:00+00:00', 4, '2026-11-25 07:30:00', false, 'a356bf12765a4764911e10cea8b267fa');
INSERT INTO public.notice VALUES (13, 'silent 2026-11-28T07:30:00+00:00', 5, '2026-11-28 07:30:00', false, '4309aeba1b534d8286e13deb93c7bbcd');
INSERT INTO public.notice VALUES (14, 'silent 2026-11-25T07:30:00+00:00', 7, '2026-11-25 07:30:00', false, 'be271affde9d415384a0fe0d69430f20');
INSERT INTO public.notice VALUES (15, 'silent 2026-11-28T08:00:00+00:00', 9, '2026-11-28 08:00:00', false, '752e1e1a8abf4439abdc53157ac2b3d4');
INSERT INTO public.notice VALUES (16, 'silent 2026-11-28T08:00:00+00:00', 10, '2026-11-28 08:00:00', false, '3a1e53f06b7843cb8574dfb03e72c6e7');
INSERT INTO public.notice VALUES (22, '29acb6e3331afeee', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (23, '29acb6e3331afeee', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (25, '29acb6e3331afeee', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (30, 'f20c1ed2f5da8d53', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (31, 'f20c1ed2f5da8d53', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (33, 'f20c1ed2f5da8d53', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (38, '3b7cfc4525ad2603', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (39, '3b7cfc4525ad2603', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (41, '3b7cfc4525ad2603', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (20, '29acb6e3331afeee', 1, '2026-11-28 20:37:38.015464', true, '78bb4948bc8048f5b28409ad732c6bea');
INSERT INTO public.notice VALUES (28, 'f20c1ed2f5da8d53', 1, '2026-11-28 20:37:38.015464', true, '78bb4948bc8048f5b28409ad732c6bea');
INSERT INTO public.notice VALUES (36, '3b7cfc4525ad2603', 1, '2026-11-29 07:30:00', false, '78bb4948bc8048f5b28409ad732c6bea');
INSERT INTO public.notice VALUES (21, '29acb6e3331afeee', 2, '2026-11-28 20:37:38.015464', true, 'c9a266acaec644b995180eb85be62e3a');
INSERT INTO public.notice VALUES (29, 'f20c1ed2f5da8d53', 2, '2026-11-28 20:37:38.015464', true, 'c9a266acaec644b995180eb85be62e3a');
INSERT INTO public.notice VALUES (37, '3b7cfc4525ad2603', 2, '2026-11-29 07:30:00', false, 'c9a266acaec644b995180eb85be62e3a');
INSERT INTO public.notice VALUES (24, '29acb6e3331afeee', 5, '2026-11-28 20:37:38.015464', true, '746f4d94af814cd787a3d124aa258831');
INSERT INTO public.notice VALUES (32, 'f20c1ed2f5da8d53', 5, '2026-11-28 20:37:38.015464', true, '746f4d94af814cd787a3d124aa258831');
INSERT INTO public.notice VALUES (40, '3b7cfc4525ad2603', 5, '2026-11-29 07:30:00', false, '746f4d94af814cd787a3d124aa258831');
INSERT INTO public.notice VALUES (26, '29acb6e3331afeee', 9, '2026-11-28 20:37:38.015464', true, 'f46c3fd032a94da0ba66b6c005a1207c');
INSERT INTO public.notice VALUES (34, 'f20c1ed2f5da8d53', 9, '2026-11-28 20:37:38.015464', true, 'f46c3fd032a94da0ba66b6c005a1207c');
INSERT INTO public.notice VALUES (27, '29acb6e3331afeee', 10, '2026-11-28 20:37:38.015464', true, 'b13e9483279f4edfb298a082afba2306');
INSERT INTO public.notice VALUES (35, 'f20c1ed2f5da8d53', 10, '2026-11-28 20:37:38.015464', true, 'b13e9483279f4edfb298a082afba2306');
INSERT INTO public.notice VALUES (44, '529c5bdc075fddcc', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (45, '529c5bdc075fddcc', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (47, '529c5bdc075fddcc', 6, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (48, '529c5bdc075fddcc', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (49, '529c5bdc075fddcc', 8, '2026-11-29 09:00:00', false, NULL);
INSERT INTO public.notice VALUES (52, '529c5bdc075fddcc', 11, '2026-12-28 20:37:12', false, NULL);
INSERT INTO public.notice VALUES (58, '16a75f3bf080762e', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (59, '16a75f3bf080762e', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (61, '16a75f3bf080762e', 6, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (42, '529c5bdc075fddcc', 1, '2026-11-28 20:37:47.389096', true, '8f8aea2162e940ffa8670e4d7bd2f7da');
INSERT INTO public.notice VALUES (56, '16a75f3bf080762e', 1, '2026-11-28 20:37:47.389096', true, '8f8aea2162e940ffa8670e4d7bd2f7da');
INSERT INTO public.notice VALUES (43, '529c5bdc075fddcc', 2, '2026-11-28 20:37:47.389096', true, '9224ef9ffbd94d398288f383706e1042');
INSERT INTO public.notice VALUES (57, '16a75f3bf080762e', 2, '2026-11-28 20:37:47.389096', true, '9224ef9ffbd94d398288f383706e1042');
INSERT INTO public.notice VALUES (46, '529c5bdc075fddcc', 5, '2026-11-28 20:37:47.389096', true, 'f90f98a7d6464e01a271c3ebfaa65f00');
INSERT INTO public.notice VALUES (60, '16a75f3bf080762e', 5, '2026-11-28 20:37:47.389096', true, 'f90f98a7d6464e01a271c3ebfaa65f00');
INSERT INTO public.notice VALUES (50, '529c5bdc075fddcc', 9, '2026-11-28 20:37:47.389096', true, '8a3141739c514c82b301aad13b9b2181');
INSERT INTO public.notice VALUES (51, '529c5bdc075fddcc', 10, '2026-11-28 20:37:47.389096', true, 'cff9ff7daa9e4e819a798e45a3b5b09d');
INSERT INTO public.notice VALUES (53, '529c5bdc075fddcc', 12, '2026-11-28 20:37:47.389096', true, '5661c116f5c54464bc550f6763a11904');
INSERT INTO public.notice VALUES (54, '529c5bdc075fddcc', 13, '2026-11-28 20:37:47.389096', true, 'f2a072c75165466eab20dd1bd03693f3');
INSERT INTO public.notice VALUES (55, '529c5bdc075fddcc', 14, '2026-11-28 20:37:47.389096', true, 'd7cf8626c3cd4062a5b406fbc843172b');
INSERT INTO public.notice VALUES (116, 'silent 2026-12-05T07:30:00+00:00', 1, '2026-12-05 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (117, 'silent 2026-12-05T07:30:00+00:00', 2, '2026-12-05 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (118, 'silent 2026-12-05T07:30:00+00:00', 3, '2026-12-05 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (119, 'silent 2026-12-05T07:30:00+00:00', 6, '2026-12-05 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (120, 'silent 2026-12-05T09:00:00+00:00', 8, '2026-12-05 09:00:00', false, NULL);
INSERT INTO public.notice VALUES (121, 'silent 2026-12-05T08:00:00+00:00', 9, '2026-12-05 08:00:00', false, NULL);
INSERT INTO public.notice VALUES (122, 'silent 2026-12-05T08:00:00+00:00', 10, '2026-12-05 08:00:00', false, NULL);
INSERT INTO public.notice VALUES (123, 'silent 2026-12-05T08:00:00+00:00', 13, '2026-12-05 08:00:00', false, NULL);
INSERT INTO public.notice VALUES (124, 'silent 2026-12-05T08:00:00+00:00', 14, '2026-12-05 08:00:00', false, NULL);
INSERT INTO public.notice VALUES (125, 'silent 2026-12-05T07:30:00+00:00', 5, '2026-12-05 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (126, 'silent 2026-12-05T08:00:00+00:00', 12, '2026-12-05 08:00:00', false, NULL);
INSERT INTO public.notice VALUES (127, 'silent 2026-12-02T07:30:00+00:00', 16, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (128, 'still watching 2026-12-02T07:30:00+00:00', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (129, 'still watching 2026-12-02T07:30:00+00:00', 5, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (130, 'still watching 2026-11-30T08:00:00+00:00', 12, '2026-11-30 08:00:00', false, NULL);
INSERT INTO public.notice VALUES (62, '16a75f3bf080762e', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (63, '16a75f3bf080762e', 8, '2026-11-29 09:00:00', false, NULL);
INSERT INTO public.notice VALUES (66, '16a75f3bf080762e', 11, '2026-12-28 20:37:12', false, NULL);
INSERT INTO public.notice VALUES (72, '77118ef83558c65a', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (73, '77118ef83558c65a', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (75, '77118ef83558c65a', 6, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (76, '77118ef83558c65a', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (77, '77118ef83558c65a', 8, '2026-11-29 09:00:00', false, NULL);
INSERT INTO public.notice VALUES (80, '77118ef83558c65a', 11, '2026-12-28 20:37:12', false, NULL);
INSERT INTO public.notice VALUES (84, '6f8e4058c4ea298a', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (85, '6f8e4058c4ea298a', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (87, '6f8e4058c4ea298a', 6, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (88, '6f8e4058c4ea298a', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (89, '6f8e4058c4ea298a', 8, '2026-11-29 09:00:00', false, NULL);
INSERT INTO public.notice VALUES (92, '6f8e4058c4ea298a', 11, '2026-12-28 20:37:12', false, NULL);
INSERT INTO public.notice VALUES (96, 'edeb4152ba75f0e6', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (97, 'edeb4152ba75f0e6', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (99, 'edeb4152ba75f0e6', 6, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (100, 'edeb4152ba75f0e6', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (101, 'edeb4152ba75f0e6', 8, '2026-11-29 09:00:00', false, NULL);
INSERT INTO public.notice VALUES (102, 'edeb4152ba75f0e6', 11, '2026-12-28 20:37:12', false, NULL);
INSERT INTO public.notice VALUES (70, '77118ef83558c65a', 1, '2026-11-28 20:37:47.389096', true, '8f8aea2162e940ffa8670e4d7bd2f7da');
INSERT INTO public.notice VALUES (82, '6f8e4058c4ea298a', 1, '2026-11-28 20:37:47.389096', true, '8f8aea2162e940ffa8670e4d7bd2f7da');
INSERT INTO public.notice VALUES (94, 'edeb4152ba75f0e6', 1, '2026-11-29 07:30:00', false, '8f8aea2162e940ffa8670e4d7bd2f7da');
INSERT INTO public.notice VALUES (71, '77118ef83558c65a', 2, '2026-11-28 20:37:47.389096', true, '9224ef9ffbd94d398288f383706e1042');
INSERT INTO public.notice VALUES (83, '6f8e4058c4ea298a', 2, '2026-11-28 20:37:47.389096', true, '9224ef9ffbd94d398288f383706e1042');
INSERT INTO public.notice VALUES (95, 'edeb4152ba75f0e6', 2, '2026-11-29 07:30:00', false, '9224ef9ffbd94d398288f383706e1042');
INSERT INTO public.notice VALUES (74, '77118ef83558c65a', 5, '2026-11-28 20:37:47.389096', true, 'f90f98a7d6464e01a271c3ebfaa65f00');
INSERT INTO public.notice VALUES (86, '6f8e4058c4ea298a', 5, '2026-11-28 20:37:47.389096', true, 'f90f98a7d6464e01a271c3ebfaa65f00');
INSERT INTO public.notice VALUES (98, 'edeb4152ba75f0e6', 5, '2026-11-29 07:30:00', false, 'f90f98a7d6464e01a271c3ebfaa65f00');
INSERT INTO public.notice VALUES (64, '16a75f3bf080762e', 9, '2026-11-28 20:37:47.389096', true, '8a3141739c514c82b301aad13b9b2181');
INSERT INTO public.notice VALUES (78, '77118ef83558c65a', 9, '2026-11-28 20:37:47.389096', true, '8a3141739c514c82b301aad13b9b2181');
INSERT INTO public.notice VALUES (90, '6f8e4058c4ea298a', 9, '2026-11-28 20:37:47.389096', true, '8a3141739c514c82b301aad13b9b2181');
INSERT INTO public.notice VALUES (65, '16a75f3bf080762e', 10, '2026-11-28 20:37:47.389096', true, 'cff9ff7daa9e4e819a798e45a3b5b09d');
INSERT INTO public.notice VALUES (79, '77118ef83558c65a', 10, '2026-11-28 20:37:47.389096', true, 'cff9ff7daa9e4e819a798e45a3b5b09d');
INSERT INTO public.notice VALUES (91, '6f8e4058c4ea298a', 10, '2026-11-28 20:37:47.389096', true, 'cff9ff7daa9e4e819a798e45a3b5b09d');
INSERT INTO public.notice VALUES (67, '16a75f3bf080762e', 12, '2026-11-28 20:37:47.389096', true, '5661c116f5c54464bc550f6763a11904');
INSERT INTO public.notice VALUES (81, '77118ef83558c65a', 12, '2026-11-28 20:37:47.389096', true, '5661c116f5c54464bc550f6763a11904');
INSERT INTO public.notice VALUES (93, '6f8e4058c4ea298a', 12, '2026-11-28 20:37:47.389096', true, '5661c116f5c54464bc550f6763a11904');
INSERT INTO public.notice VALUES (103, 'edeb4152ba75f0e6', 12, '2026-11-29 08:00:00', false, '5661c116f5c54464bc550f6763a11904');
INSERT INTO public.notice VALUES (68, '16a75f3bf080762e', 13, '2026-11-28 20:37:47.389096', true, 'f2a072c75165466eab20dd1bd03693f3');
INSERT INTO public.notice VALUES (69, '16a75f3bf080762e', 14, '2026-11-28 20:37:47.389096', true, 'd7cf8626c3cd4062a5b406fbc843172b');
INSERT INTO public.notice VALUES (104, '29effac3905567d4', 1, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (105, '29effac3905567d4', 2, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (106, '29effac3905567d4', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (107, '29effac3905567d4', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (108, '29effac3905567d4', 5, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (109, '29effac3905567d4', 6, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (110, '29effac3905567d4', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (111, '29effac3905567d4', 8, '2026-11-29 09:00:00', false, NULL);
INSERT INTO public.notice VALUES (112, '29effac3905567d4', 9, '2026-11-29 08:00:00', false, NULL);
INSERT INTO public.notice VALUES (113, '29effac3905567d4', 11, '2026-12-28 20:37:12', false, NULL);
INSERT INTO public.notice VALUES (114, '29effac3905567d4', 12, '2026-11-29 08:00:00', false, NULL);
INSERT INTO public.notice VALUES (115, '29effac3905567d4', 13, '2026-11-29 08:00:00', false, NULL);
INSERT INTO public.overview VALUES ('1-1000000002', 'Larch Grove', 'larch grove', 'larch grove
12 orchard lane, netherby, leicestershire, le1 1aa
hartwell care limited
1-1000000002
le11aa', 'Care home', 'Netherby, Leicestershire', 'LE1 1AA', 'Hartwell Care Limited', 'inadequate', 'inadequate', 'inadequate', 'inadequate', 'inadequate', 'inadequate', 1, 'remains', false, NULL, NULL);
INSERT INTO public.overview VALUES ('1-1000000003', 'Hollins View', 'hollins view', 'hollins view
12 orchard lane, netherby, leicestershire, le1 1aa
hartwell care limited
1-1000000003
le11aa', 'Care home', 'Netherby, Leicestershire', 'LE1 1AA', 'Hartwell Care Limited', 'requires improvement', 'requires improvement', 'good', 'good', 'good', 'good', 1, NULL, false, '2026-11-28 20:37:38.015464', 'downgraded');
INSERT INTO public.overview VALUES ('1-1000000004', 'Brookside ‘Homecare’', 'brookside ‘homecare', 'brookside ‘homecare
12 orchard lane, netherby, leicestershire, le1 1aa
hartwell care limited
1-1000000004
le11aa', 'Care home', 'Netherby, Leicestershire', 'LE1 1AA', 'Hartwell Care Limited', 'inadequate', 'inadequate', 'good', 'good', 'good', 'inadequate', 1, 'entered', false, '2026-11-28 20:37:47.389096', 'downgraded');
INSERT INTO public.overview VALUES ('1-1000000005', 'Netherby Care at Home', 'netherby care at home', 'netherby care at home
12 orchard lane, netherby, leicestershire, le1 1aa
hartwell care limited
1-1000000005
le11aa', 'Homecare agencies', 'Netherby, Leicestershire', 'LE1 1AA', 'Hartwell Care Limited', 'good', 'good', 'good', 'good', 'good', 'good', 1, NULL, false, '2026-11-28 20:37:51.212115', 'score fell');
INSERT INTO public.overview VALUES ('1-1000000001', 'Orchard House', 'orchard house', 'orchard house
12 orchard lane, netherby, leicestershire, le1 1aa
hartwell care limited
1-1000000001
le11aa', 'Care home', 'Netherby, Leicestershire', 'LE1 1AA', 'Hartwell Care Limited', 'outstanding', 'outstanding', 'outstanding', 'outstanding', 'outstanding', 'outstanding', 1, NULL, false, NULL, NULL);
INSERT INTO public.page VALUES ('1-1000000002', 'https://www.cqc.example/location/1-1000000002', 0, NULL, NULL, 'd397632cdc9708fbf3315f20302c11e2', '225219962292157d6e51586b6b0d924721c429592546b2e707ac1abad3af9685', '{"source":"location page","location_id":"1-1000000002","name":"Larch Grove","provider_name":"Hartwell Care Limited","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","registration":"registered","notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"inadequate","overall_published":"2023-04-18","key_questions":{"safe":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Inadequate"},"effective":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Inadequate"},"caring":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Inadequate"},"responsive":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Inadequate"},"well-led":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Inadequate"}},"overall_quote":"Overall: Inadequate read more about inspection ratings"}],"special_measures":{"state":"remains","quote":"This service remains in special measures."},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2023-03-02","links":[{"kind":"summary page","url":"/location/1-1000000002/inspection-summary","text":"Safe"},{"kind":"reports page","url":"/location/1-1000000002/reports","text":"See all reports"}],"unread":[]}', '2026-11-28 20:37:26.66618');
INSERT INTO public.page VALUES ('1-1000000002', '/location/1-1000000002/inspection-summary', 1, NULL, NULL, '675764daa2827a7d671512c204fc03a2', '52e19a51a107d4e5976ab1c6bc7292f372c51e200f1229084835429b65678b91', '{"source":"summary page","location_id":null,"name":"Larch Grove","provider_name":null,"service_type":null,"address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"inadequate","overall_published":"2023-04-18","key_questions":{"safe":{"rating":"inadequate","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Safe Inadequate"},"effective":{"rating":"inadequate","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Effective Inadequate"},"caring":{"rating":"inadequate","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Caring Inadequate"},"responsive":{"rating":"inadequate","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Responsive Inadequate"},"well-led":{"rating":"inadequate","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Well-led Inadequate"}},"overall_quote":"Overall summary & rating Inadequate"}],"special_measures":{"state":"remains","quote":"This service remains in special measures."},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2023-04-18","links":[],"unread":[]}', '2026-11-28 20:37:26.726219');
INSERT INTO public.page VALUES ('1-1000000003', 'https://www.cqc.example/location/1-1000000003', 0, NULL, NULL, '52af13fd986223f3b2b6ee932c630ac5', 'a58d5a7ff27d31e7f4856f13de5c53c06b9ad7917445b7d1598691f8758aa73d', '{"source":"location page","location_id":"1-1000000003","name":"Hollins View","provider_name":"Hartwell Care Limited","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","registration":"registered","notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"requires improvement","overall_published":"2026-10-13","key_questions":{"safe":{"rating":"requires improvement","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Requires improvement"},"effective":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Good"},"well-led":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Good"}},"overall_quote":"Overall: Requires improvement read more about inspection ratings"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2026-09-01","links":[{"kind":"summary page","url":"/location/1-1000000003/inspection-summary","text":"Safe"},{"kind":"reports page","url":"/location/1-1000000003/reports","text":"See all reports"}],"unread":[]}', '2026-11-28 20:37:37.83422');
INSERT INTO public.page VALUES ('1-1000000003', '/location/1-1000000003/inspection-summary', 1, NULL, NULL, 'b64c7024cb6d210f273915732214a5cc', 'fcd1612f176e5696b76ecf63d3f1e18bfc69570833f9e9f0e4b994ff3f1e4952', '{"source":"summary page","location_id":null,"name":"Hollins View","provider_name":null,"service_type":null,"address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"requires improvement","overall_published":"2026-10-13","key_questions":{"safe":{"rating":"requires improvement","score":null,"assessed":true,"published":"2026-10-13","statements":[],"quote":"Safe Requires improvement"},"effective":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Responsive Good"},"well-led":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Well-led Good"}},"overall_quote":"Overall summary & rating Requires improvement"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2026-10-13","links":[],"unread":[]}', '2026-11-28 20:37:37.989788');
INSERT INTO public.page VALUES ('1-1000000004', 'https://www.cqc.example/location/1-1000000004', 0, NULL, NULL, 'ef54e90a60a8c531398562fcaa216ed3', '47f8297cf7f9cee4d4e8a711703285718f7846dbe4e46c61ae51f1dc7f1afb7d', '{"source":"location page","location_id":"1-1000000004","name":"Brookside ‘Homecare’","provider_name":"Hartwell Care Limited","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","registration":"registered","notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"inadequate","overall_published":"2026-10-20","key_questions":{"safe":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Inadequate"},"effective":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Good"},"well-led":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Inadequate"}},"overall_quote":"Overall: Inadequate read more about inspection ratings"}],"special_measures":{"state":"entered","quote":"This service is being placed in special measures."},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2026-09-08","links":[{"kind":"summary page","url":"/location/1-1000000004/inspection-summary","text":"Safe"},{"kind":"reports page","url":"/location/1-1000000004/reports","text":"See all reports"}],"unread":[]}', '2026-11-28 20:37:47.214584');
INSERT INTO public.page VALUES ('1-1000000004', '/location/1-1000000004/inspection-summary', 1, NULL, NULL, 'c042bb308f158e2d7cfb41e43f39de02', 'be6834501736a4e228f9b513014481744412558b1caf556c2365b440703f4df7', '{"source":"summary page","location_id":null,"name":"Brookside ‘Homecare’","provider_name":null,"service_type":null,"address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"inadequate","overall_published":"2026-10-20","key_questions":{"safe":{"rating":"inadequate","score":null,"assessed":true,"published":"2026-10-20","statements":[],"quote":"Safe Inadequate"},"effective":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Responsive Good"},"well-led":{"rating":"inadequate","score":null,"assessed":true,"published":"2026-10-20","statements":[],"quote":"Well-led Inadequate"}},"overall_quote":"Overall summary & rating Inadequate"}],"special_measures":{"state":"entered","quote":"This service is being placed in special measures."},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2026-10-20","links":[],"unread":[]}', '2026-11-28 20:37:47.346305');
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/inspection-summary', 6, NULL, NULL, '6342083afdb25aecccc01f9cab64ef05', 'b395e30d3f70dac7f19f85d9774edb380e9582087e9b7e7ee81d57029cdf0039', '{"source":"summary page","location_id":null,"name":"Netherby Care at Home","provider_name":null,"service_type":null,"address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":"good","overall_published":null,"key_questions":{"safe":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Good"},"effective":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Good"},"well-led":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Good"}},"overall_quote":"Overall summary & rating Good"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":null,"links":[],"unread":[]}', '2026-11-28 20:37:51.171384');
INSERT INTO public.page VALUES ('1-1000000005', 'https://www.cqc.example/location/1-1000000005', 0, NULL, NULL, '2803729f73e1f8a90fd471a225f3dd71', 'd91a0edb7e48ea2b87c7cb6f8f70221aec7a2f0755aca63c08f34b001412dc1a', '{"source":"location page","location_id":"1-1000000005","name":"Netherby Care at Home","provider_name":"Hartwell Care Limited","service_type":"Homecare agencies","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","registration":"registered","notices":[],"ratings":[{"group":null,"framework":"assessment","overall":"good","overall_published":"2025-04-02","key_questions":{"safe":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Good"},"effective":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Good"},"well-led":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Good"}},"overall_quote":"Overall: Good read more about inspection ratings"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"AP2001","links":[{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/safe","text":"Safe"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/effective","text":"Effective"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/caring","text":"Caring"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/responsive","text":"Responsive"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/well-led","text":"Well-led"},{"kind":"summary page","url":"/location/1-1000000005/inspection-summary","text":"Read overall summary"},{"kind":"reports page","url":"/location/1-1000000005/reports","text":"See all reports"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/overall","text":"Read the report"}],"unread":[]}', '2026-11-28 20:37:50.917923');
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/reports/AP2001/safe', 1, NULL, NULL, '28f80c46e351744f6394ef3419e68645', '0655b462ac283bf89f29fc9096df91c32909644790f99d4f0d530b4001b0828a', '{"source":"assessment page","location_id":null,"name":"Netherby Care at Home","provider_name":null,"service_type":"Homecare agencies","address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":null,"overall_published":null,"key_questions":{"safe":{"rating":"good","score":66,"assessed":true,"published":null,"statements":[{"name":"Learning culture","score":3,"assessed":true},{"name":"Safeguarding","score":3,"assessed":true},{"name":"Involving people to manage risks","score":3,"assessed":true},{"name":"Safe and effective staffing","score":3,"assessed":true}],"quote":"Safe Good"}},"overall_quote":null}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2025-02-28","links":[],"unread":[]}', '2026-11-28 20:37:50.973792');
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/reports/AP2001/effective', 2, NULL, NULL, 'e035b06f5ff683bcd3b572a24d51cbc7', 'fe08aafed289d3c3157ea5fbc47c0798e100310ab23e721058614cd191c7f706', '{"source":"assessment page","location_id":null,"name":"Netherby Care at Home","provider_name":null,"service_type":"Homecare agencies","address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":null,"overall_published":null,"key_questions":{"effective":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Good"}},"overall_quote":null}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2025-02-28","links":[],"unread":[]}', '2026-11-28 20:37:51.013872');
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/reports/AP2001/caring', 3, NULL, NULL, '4d9dc655bd91a58d5cbf21eec8154b4d', '610db847f3aa97f75179aba3335fa75821dc8d1f81a1759c02b8c08e331b34a4', '{"source":"assessment page","location_id":null,"name":"Netherby Care at Home","provider_name":null,"service_type":"Homecare agencies","address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":null,"overall_published":null,"key_questions":{"caring":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Good"}},"overall_quote":null}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2025-02-28","links":[],"unread":[]}', '2026-11-28 20:37:51.061955');
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/reports/AP2001/responsive', 4, NULL, NULL, '907984c5d3f00d14eaeb877a1374de7f', '60d926dd6878792d9a65f286b2e224c9d76725159050689fa041bcd928a368ff', '{"source":"assessment page","location_id":null,"name":"Netherby Care at Home","provider_name":null,"service_type":"Homecare agencies","address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":null,"overall_published":null,"key_questions":{"responsive":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Good"}},"overall_quote":null}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2025-02-28","links":[],"unread":[]}', '2026-11-28 20:37:51.085736');
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/reports/AP2001/well-led', 5, NULL, NULL, '99afcab34ff80fa93479758bed8ea98a', '4806f52a7d9df5993502767c45c213961a4ca39aa802588c7eb315b2fa6907d4', '{"source":"assessment page","location_id":null,"name":"Netherby Care at Home","provider_name":null,"service_type":"Homecare agencies","address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":null,"overall_published":null,"key_questions":{"well-led":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Good"}},"overall_quote":null}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2025-02-28","links":[],"unread":[]}', '2026-11-28 20:37:51.14456');
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/reports/AP2001/overall', 7, NULL, NULL, '39fce4683ff4f94460fd77dd650e52a6', 'f0e8ea4aabd9c83bdd4196f62f9646d81090a38f56120c43af3f0ee97d2c4955', '{"source":"assessment page","location_id":"1-1000000005","name":"Netherby Care at Home","provider_name":null,"service_type":"Homecare agencies","address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":"good","overall_published":null,"key_questions":{"safe":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Good"},"effective":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Good"},"well-led":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Good"}},"overall_quote":"Overall Good"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"AP2001","links":[{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/safe","text":"Safe"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/effective","text":"Effective"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/caring","text":"Caring"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/responsive","text":"Responsive"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/well-led","text":"Well-led"}],"unread":[]}', '2026-11-28 20:37:51.2092');
INSERT INTO public.page VALUES ('1-1000000001', 'https://www.cqc.example/location/1-1000000001', 0, NULL, NULL, '12cb936059285ea9f500df0c5576dfa2', 'a1c15464ca35900848fc7fb66cc7890daebfc5464100703291e3bda52842d6ad', '{"source":"location page","location_id":"1-1000000001","name":"Orchard House","provider_name":"Hartwell Care Limited","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","registration":"registered","notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"good","overall_published":"2026-10-27","key_questions":{"safe":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Good"},"effective":{"rating":"outstanding","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Outstanding"},"caring":{"rating":"outstanding","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Outstanding"},"responsive":{"rating":"outstanding","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Outstanding"},"well-led":{"rating":"outstanding","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Outstanding"}},"overall_quote":"Overall: Good read more about inspection ratings"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2026-09-15","links":[{"kind":"summary page","url":"/location/1-1000000001/inspection-summary","text":"Safe"},{"kind":"reports page","url":"/location/1-1000000001/reports","text":"See all reports"}],"unread":[]}', '2026-11-28 20:37:53.144569');
INSERT INTO public.page VALUES ('1-1000000001', '/location/1-1000000001/inspection-summary', 1, NULL, NULL, 'fb42b658363145bdcf247f0d00770151', '3ef101ee7ffec3dbd4dcbb115a7e21ca6d7503d0ca75448e3f62da5cef57fdf6', '{"source":"summary page","location_id":null,"name":"Orchard House","provider_name":null,"service_type":null,"address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"good","overall_published":"2026-10-27","key_questions":{"safe":{"rating":"good","score":null,"assessed":true,"published":"2026-10-27","statements":[],"quote":"Safe Good"},"effective":{"rating":"outstanding","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Effective Outstanding"},"caring":{"rating":"outstanding","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Caring Outstanding"},"responsive":{"rating":"outstanding","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Responsive Outstanding"},"well-led":{"rating":"outstanding","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Well-led Outstanding"}},"overall_quote":"Overall summary & rating Good"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2026-10-27","links":[],"unread":[]}', '2026-11-28 20:37:53.191749');
INSERT INTO public.person VALUES (1, 'operator@council.example', 'operator', NULL, '2026-11-18 20:37:12', NULL);
INSERT INTO public.person VALUES (2, 'editor@council.example', 'editor', 1, '2026-11-18 20:37:12', NULL);
INSERT INTO public.person VALUES (3, 'left@council.example', 'reader', 1, '2026-11-18 20:37:12', '2026-11-18 20:37:12');
INSERT INTO public.person VALUES (4, 'no-reports@council.example', 'reader', 1, '2026-11-18 20:37:12', NULL);
INSERT INTO public.person VALUES (5, 'few@council.example', 'reader', 1, '2026-11-18 20:37:12', NULL);
INSERT INTO public.person VALUES (6, 'paused@council.example', 'reader', 1, '2026-11-18 20:37:12', NULL);
INSERT INTO public.person VALUES (7, 'all@council.example', 'reader', 1, '2026-11-18 20:37:12', NULL);
INSERT INTO public.person VALUES (8, 'scores@council.example', 'reader', 1, '2026-11-18 20:37:12', NULL);
INSERT INTO public.person VALUES (9, 'none@council.example', 'reader', 1, '2026-11-18 20:37:12', NULL);
INSERT INTO public.register VALUES ('1-1000000007', 'Home 1-1000000007', 'home 1-1000000007', 'home 1-1000000007
1-1000000007
', NULL, NULL, NULL, NULL, NULL, 'Leicestershire', NULL, '|Residential homes|', '|', 'care home', 30, NULL, NULL, NULL, '2015-01-01', 'good', 'good', 'good', 'good', 'good', 'good', NULL, '2025-06-01', '2026-11-05', '2026-11-05', NULL);
INSERT INTO public.register VALUES ('1-1000000001', 'Home 1-1000000001', 'home 1-1000000001', 'home 1-1000000001
1-1000000001
', NULL, NULL, NULL, NULL, NULL, 'Leicestershire', NULL, '|Residential homes|', '|', 'care home', 30, NULL, NULL, NULL, '2015-01-01', 'good', 'good', 'good', 'good', 'good', 'good', NULL, '2025-06-01', '2026-11-05', '2026-11-05', NULL);
INSERT INTO public.register VALUES ('1-1000000003', 'Home 1-1000000003', 'home 1-1000000003', 'home 1-1000000003
1-1000000003
', NULL, NULL, NULL, NULL, NULL, 'Leicestershire', NULL, '|Residential homes|', '|', 'care home', 30, NULL, NULL, NULL, '2015-01-01', 'good', 'good', 'good', 'good', 'good', 'good', NULL, '2025-06-01', '2026-11-05', '2026-11-05', NULL);
INSERT INTO public.register VALUES ('1-1000000002', 'Home 1-1000000002', 'home 1-1000000002', 'home 1-1000000002
1-1000000002
', NULL, NULL, NULL, NULL, NULL, 'Leicestershire', NULL, '|Residential homes|', '|', 'care home', 30, NULL, NULL, NULL, '2015-01-01', 'good', 'good', 'good', 'good', 'good', 'good', NULL, '2025-06-01', '2026-11-05', '2026-11-05', NULL);
INSERT INTO public.register_file VALUES (1, 'active locations', 'active_locations.ods', '2026-11-05', '2026-11-28 20:37:12', 4, 24, 4, 0, NULL, NULL, NULL, '0000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO public.register_history VALUES ('1-1000000007', '2026-11-05', true, 'Home 1-1000000007', 'Leicestershire', NULL, '|Residential homes|', 'care home', 30, NULL, NULL, NULL, '2015-01-01', 'good', NULL, NULL, NULL, NULL, NULL, '2025-06-01');
INSERT INTO public.register_history VALUES ('1-1000000001', '2026-11-05', true, 'Home 1-1000000001', 'Leicestershire', NULL, '|Residential homes|', 'care home', 30, NULL, NULL, NULL, '2015-01-01', 'good', NULL, NULL, NULL, NULL, NULL, '2025-06-01');
INSERT INTO public.register_history VALUES ('1-1000000003', '2026-11-05', true, 'Home 1-1000000003', 'Leicestershire', NULL, '|Residential homes|', 'care home', 30, NULL, NULL, NULL, '2015-01-01', 'good', NULL, NULL, NULL, NULL, NULL, '2025-06-01');
INSERT INTO public.register_history VALUES ('1-1000000002', '2026-11-05', true, 'Home 1-1000000002', 'Leicestershire', NULL, '|Residential homes|', 'care home', 30, NULL, NULL, NULL, '2015-01-01', 'good', NULL, NULL, NULL, NULL, NULL, '2025-06-01');
INSERT INTO public.rule VALUES ('By rule', '{"authorities":["Leicestershire"],"regions":[],"sectors":[],"types":[],"providers":[],"brands":[],"specialisms":[],"ratings":[],"near":null}', '2026-11-28 20:37:12', '2026-11-28 20:37:12', 1);
INSERT INTO public.service VALUES ('1-1000000006', 0, '[]', '2026-11-18 20:37:12', '2026-11-28 20:39:26.885342', '2026-11-28 20:37:26.885342', NULL, NULL, true, false, 1, 'CQC''s answer was empty', NULL, 'page', '2026-11-28 20:37:26.885342', NULL, NULL, NULL);
INSERT INTO public.service VALUES ('1-1000000007', 0, '[]', '2026-11-28 20:37:12', '2026-11-28 20:37:12', NULL, NULL, NULL, true, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.service VALUES ('1-1000000003', 3, '[]', '2026-11-18 20:37:12', '2026-11-28 20:37:12', '2026-11-28 20:37:38.015464', '2026-11-28 20:37:38.015464', '2026-11-28 20:37:38.015464', true, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.service VALUES ('1-1000000002', 1, '[]', '2026-11-18 20:37:12', '2026-11-29 02:37:12', '2026-11-28 20:37:12', '2026-11-28 20:37:12', '2026-11-28 20:37:26.730428', true, true, 0, NULL, NULL, NULL, NULL, '2026-11-28 20:37:12', '2026-11-28 20:37:12', NULL);
INSERT INTO public.service VALUES ('1-1000000004', 3, '[]', '2026-11-18 20:37:12', '2026-11-29 02:46:17.184326', '2026-11-28 20:37:47.389096', '2026-11-28 20:37:47.389096', '2026-11-28 20:37:47.389096', true, true, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.service VALUES ('1-1000000005', 3, '[]', '2026-11-18 20:37:12', '2026-11-28 23:43:38.733189', '2026-11-28 20:37:51.212115', '2026-11-28 20:37:51.212115', '2026-11-28 20:37:51.212115', true, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.service VALUES ('1-1000000001', 2, '[{"mark":"rating||overall|downgraded|good","since":"2026-11-28T20:37:53.194725Z","due":"2026-11-28T22:37:53.194725Z","dated":true,"odd":false,"by_api":false},{"mark":"rating||safe|downgraded|good","since":"2026-11-28T20:37:53.194725Z","due":"2026-11-28T22:37:53.194725Z","dated":true,"odd":false,"by_api":false},{"mark":"reports|||report published|9499aee670fe2683","since":"2026-11-28T20:37:53.194725Z","due":"2026-11-28T22:37:53.194725Z","dated":true,"odd":false,"by_api":false}]', '2026-11-18 20:37:12', '2026-11-28 22:37:53.194725', '2026-11-28 20:37:53.194725', '2026-11-28 20:37:53.194725', '2026-11-28 20:37:53.194725', true, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.session VALUES ('07bc5f66a6a0543b687c18dc5b70798b7580c4bf5971dadc60c0436ebd5fa366', 2, 'Firefox', '2026-11-18 20:37:12', '2026-11-19 08:37:12', NULL);
INSERT INTO public.sign_in_link VALUES ('cb7059bfec066b11efeb3542bb6b4f49d8dd8d5df40bd161140fbdaf1fa5b9d7', 'editor@council.example', NULL, NULL, '2026-11-18 20:37:12', '2026-11-19 20:37:12', '2026-11-18 20:37:12');
INSERT INTO public.sign_in_link VALUES ('0afaace31b407460360d2a26db903232c59bf62d3c4c51f97752b6d067c2c03f', 'operator@council.example', NULL, NULL, '2026-11-28 20:37:12', '2026-11-29 20:37:12', NULL);
INSERT INTO public.site VALUES ('outage', NULL, NULL, NULL, 0, NULL, false, NULL);
INSERT INTO public.site VALUES ('cqc', '2026-11-28 20:37:53.410979', NULL, NULL, 0, NULL, false, NULL);
INSERT INTO public.snapshot VALUES ('1-1000000001', 1, '2026-11-28 20:37:26.722755', '{"location_id":"1-1000000001","seq":1,"seen_at":"2026-11-28T20:37:26.722755Z","card":{"name":"Orchard House","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"bc8b0748a97c3027ea75aca1839be6a208f056f1cb446454016c052374476a12","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"bc8b0748a97c3027ea75aca1839be6a208f056f1cb446454016c052374476a12","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"bc8b0748a97c3027ea75aca1839be6a208f056f1cb446454016c052374476a12","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"bc8b0748a97c3027ea75aca1839be6a208f056f1cb446454016c052374476a12","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"bc8b0748a97c3027ea75aca1839be6a208f056f1cb446454016c052374476a12","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"outstanding","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"bc8b0748a97c3027ea75aca1839be6a208f056f1cb446454016c052374476a12","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"bc8b0748a97c3027ea75aca1839be6a208f056f1cb446454016c052374476a12","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"bc8b0748a97c3027ea75aca1839be6a208f056f1cb446454016c052374476a12","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"bc8b0748a97c3027ea75aca1839be6a208f056f1cb446454016c052374476a12","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"bc8b0748a97c3027ea75aca1839be6a208f056f1cb446454016c052374476a12","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"bc8b0748a97c3027ea75aca1839be6a208f056f1cb446454016c052374476a12","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"bc8b0748a97c3027ea75aca1839be6a208f056f1cb446454016c052374476a12","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000002', 1, '2026-11-28 20:37:26.730428', '{"location_id":"1-1000000002","seq":1,"seen_at":"2026-11-28T20:37:26.730428Z","card":{"name":"Larch Grove","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"225219962292157d6e51586b6b0d924721c429592546b2e707ac1abad3af9685","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"225219962292157d6e51586b6b0d924721c429592546b2e707ac1abad3af9685","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"225219962292157d6e51586b6b0d924721c429592546b2e707ac1abad3af9685","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"225219962292157d6e51586b6b0d924721c429592546b2e707ac1abad3af9685","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"225219962292157d6e51586b6b0d924721c429592546b2e707ac1abad3af9685","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"inadequate","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"225219962292157d6e51586b6b0d924721c429592546b2e707ac1abad3af9685","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"225219962292157d6e51586b6b0d924721c429592546b2e707ac1abad3af9685","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"225219962292157d6e51586b6b0d924721c429592546b2e707ac1abad3af9685","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"225219962292157d6e51586b6b0d924721c429592546b2e707ac1abad3af9685","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"225219962292157d6e51586b6b0d924721c429592546b2e707ac1abad3af9685","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"225219962292157d6e51586b6b0d924721c429592546b2e707ac1abad3af9685","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"remains","instead":null,"published":"2023-04-18","quote":"This service remains in special measures.","report":"2023-03-02","page":"225219962292157d6e51586b6b0d924721c429592546b2e707ac1abad3af9685","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000003', 1, '2026-11-28 20:37:26.828135', '{"location_id":"1-1000000003","seq":1,"seen_at":"2026-11-28T20:37:26.828135Z","card":{"name":"Hollins View","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"3968b7d832126a3dc501107fb9e36b2b078a91042e3141ac355fb2dd672c8abe","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"3968b7d832126a3dc501107fb9e36b2b078a91042e3141ac355fb2dd672c8abe","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"3968b7d832126a3dc501107fb9e36b2b078a91042e3141ac355fb2dd672c8abe","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"3968b7d832126a3dc501107fb9e36b2b078a91042e3141ac355fb2dd672c8abe","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"3968b7d832126a3dc501107fb9e36b2b078a91042e3141ac355fb2dd672c8abe","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"3968b7d832126a3dc501107fb9e36b2b078a91042e3141ac355fb2dd672c8abe","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"3968b7d832126a3dc501107fb9e36b2b078a91042e3141ac355fb2dd672c8abe","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"3968b7d832126a3dc501107fb9e36b2b078a91042e3141ac355fb2dd672c8abe","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"3968b7d832126a3dc501107fb9e36b2b078a91042e3141ac355fb2dd672c8abe","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"3968b7d832126a3dc501107fb9e36b2b078a91042e3141ac355fb2dd672c8abe","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"3968b7d832126a3dc501107fb9e36b2b078a91042e3141ac355fb2dd672c8abe","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"3968b7d832126a3dc501107fb9e36b2b078a91042e3141ac355fb2dd672c8abe","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000004', 1, '2026-11-28 20:37:26.840518', '{"location_id":"1-1000000004","seq":1,"seen_at":"2026-11-28T20:37:26.840518Z","card":{"name":"Brookside ‘Homecare’","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"51c906abe5819fcc6dffa38d36214ae694d4b2cc54b6b5d747c84c56a9cb6e7f","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"51c906abe5819fcc6dffa38d36214ae694d4b2cc54b6b5d747c84c56a9cb6e7f","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"51c906abe5819fcc6dffa38d36214ae694d4b2cc54b6b5d747c84c56a9cb6e7f","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"51c906abe5819fcc6dffa38d36214ae694d4b2cc54b6b5d747c84c56a9cb6e7f","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"51c906abe5819fcc6dffa38d36214ae694d4b2cc54b6b5d747c84c56a9cb6e7f","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"51c906abe5819fcc6dffa38d36214ae694d4b2cc54b6b5d747c84c56a9cb6e7f","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"51c906abe5819fcc6dffa38d36214ae694d4b2cc54b6b5d747c84c56a9cb6e7f","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"51c906abe5819fcc6dffa38d36214ae694d4b2cc54b6b5d747c84c56a9cb6e7f","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"51c906abe5819fcc6dffa38d36214ae694d4b2cc54b6b5d747c84c56a9cb6e7f","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"51c906abe5819fcc6dffa38d36214ae694d4b2cc54b6b5d747c84c56a9cb6e7f","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"51c906abe5819fcc6dffa38d36214ae694d4b2cc54b6b5d747c84c56a9cb6e7f","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"51c906abe5819fcc6dffa38d36214ae694d4b2cc54b6b5d747c84c56a9cb6e7f","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000005', 1, '2026-11-28 20:37:27.062449', '{"location_id":"1-1000000005","seq":1,"seen_at":"2026-11-28T20:37:27.062449Z","card":{"name":"Netherby Care at Home","service_type":"Homecare agencies","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"9865f6916aa34038930d5d53dd95445d0393adb1fa74c433615005322c14d7da","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"9865f6916aa34038930d5d53dd95445d0393adb1fa74c433615005322c14d7da","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"9865f6916aa34038930d5d53dd95445d0393adb1fa74c433615005322c14d7da","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"9865f6916aa34038930d5d53dd95445d0393adb1fa74c433615005322c14d7da","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"9865f6916aa34038930d5d53dd95445d0393adb1fa74c433615005322c14d7da","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2025-04-02","quote":null,"report":null,"page":"9865f6916aa34038930d5d53dd95445d0393adb1fa74c433615005322c14d7da","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"9865f6916aa34038930d5d53dd95445d0393adb1fa74c433615005322c14d7da","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"9865f6916aa34038930d5d53dd95445d0393adb1fa74c433615005322c14d7da","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"9865f6916aa34038930d5d53dd95445d0393adb1fa74c433615005322c14d7da","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"9865f6916aa34038930d5d53dd95445d0393adb1fa74c433615005322c14d7da","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["AP2001"],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"9865f6916aa34038930d5d53dd95445d0393adb1fa74c433615005322c14d7da","by_api":false}],[{"aspect":"score","group":"","of":"Involving people to manage risks"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"aba1f45fe5c0007b3fa8839f34a733bfba3021d24ab369077fbd906ae58c1355","by_api":false}],[{"aspect":"score","group":"","of":"Learning culture"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"aba1f45fe5c0007b3fa8839f34a733bfba3021d24ab369077fbd906ae58c1355","by_api":false}],[{"aspect":"score","group":"","of":"Safe and effective staffing"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"aba1f45fe5c0007b3fa8839f34a733bfba3021d24ab369077fbd906ae58c1355","by_api":false}],[{"aspect":"score","group":"","of":"Safeguarding"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"aba1f45fe5c0007b3fa8839f34a733bfba3021d24ab369077fbd906ae58c1355","by_api":false}],[{"aspect":"score","group":"","of":"safe"},{"value":75,"instead":null,"published":null,"quote":null,"report":null,"page":"aba1f45fe5c0007b3fa8839f34a733bfba3021d24ab369077fbd906ae58c1355","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2025-04-02","quote":null,"report":null,"page":"9865f6916aa34038930d5d53dd95445d0393adb1fa74c433615005322c14d7da","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000003', 2, '2026-11-28 20:37:37.467054', '{"location_id":"1-1000000003","seq":2,"seen_at":"2026-11-28T20:37:37.467054Z","card":{"name":"Hollins View","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"cd521c06e903d5fcb66f6c677086173b9d2f1aa0f622604db6c6dd419e7b1483","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"cd521c06e903d5fcb66f6c677086173b9d2f1aa0f622604db6c6dd419e7b1483","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"cd521c06e903d5fcb66f6c677086173b9d2f1aa0f622604db6c6dd419e7b1483","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"cd521c06e903d5fcb66f6c677086173b9d2f1aa0f622604db6c6dd419e7b1483","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"cd521c06e903d5fcb66f6c677086173b9d2f1aa0f622604db6c6dd419e7b1483","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"3968b7d832126a3dc501107fb9e36b2b078a91042e3141ac355fb2dd672c8abe","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"cd521c06e903d5fcb66f6c677086173b9d2f1aa0f622604db6c6dd419e7b1483","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"3968b7d832126a3dc501107fb9e36b2b078a91042e3141ac355fb2dd672c8abe","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"cd521c06e903d5fcb66f6c677086173b9d2f1aa0f622604db6c6dd419e7b1483","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"cd521c06e903d5fcb66f6c677086173b9d2f1aa0f622604db6c6dd419e7b1483","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"3968b7d832126a3dc501107fb9e36b2b078a91042e3141ac355fb2dd672c8abe","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"3968b7d832126a3dc501107fb9e36b2b078a91042e3141ac355fb2dd672c8abe","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000003', 3, '2026-11-28 20:37:38.015464', '{"location_id":"1-1000000003","seq":3,"seen_at":"2026-11-28T20:37:38.015464Z","card":{"name":"Hollins View","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"a58d5a7ff27d31e7f4856f13de5c53c06b9ad7917445b7d1598691f8758aa73d","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"a58d5a7ff27d31e7f4856f13de5c53c06b9ad7917445b7d1598691f8758aa73d","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"a58d5a7ff27d31e7f4856f13de5c53c06b9ad7917445b7d1598691f8758aa73d","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"a58d5a7ff27d31e7f4856f13de5c53c06b9ad7917445b7d1598691f8758aa73d","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"a58d5a7ff27d31e7f4856f13de5c53c06b9ad7917445b7d1598691f8758aa73d","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"requires improvement","instead":null,"published":"2026-10-13","quote":null,"report":null,"page":"a58d5a7ff27d31e7f4856f13de5c53c06b9ad7917445b7d1598691f8758aa73d","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"a58d5a7ff27d31e7f4856f13de5c53c06b9ad7917445b7d1598691f8758aa73d","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"requires improvement","instead":null,"published":null,"quote":null,"report":null,"page":"a58d5a7ff27d31e7f4856f13de5c53c06b9ad7917445b7d1598691f8758aa73d","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"a58d5a7ff27d31e7f4856f13de5c53c06b9ad7917445b7d1598691f8758aa73d","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"a58d5a7ff27d31e7f4856f13de5c53c06b9ad7917445b7d1598691f8758aa73d","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02","2026-09-01"],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"a58d5a7ff27d31e7f4856f13de5c53c06b9ad7917445b7d1598691f8758aa73d","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"3968b7d832126a3dc501107fb9e36b2b078a91042e3141ac355fb2dd672c8abe","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000004', 2, '2026-11-28 20:37:46.796688', '{"location_id":"1-1000000004","seq":2,"seen_at":"2026-11-28T20:37:46.796688Z","card":{"name":"Brookside ‘Homecare’","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"b42950cba94823306dc6c468d34643dac9eb6838facf81bfd3f18e4eb8dfdbba","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"b42950cba94823306dc6c468d34643dac9eb6838facf81bfd3f18e4eb8dfdbba","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"b42950cba94823306dc6c468d34643dac9eb6838facf81bfd3f18e4eb8dfdbba","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"b42950cba94823306dc6c468d34643dac9eb6838facf81bfd3f18e4eb8dfdbba","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"b42950cba94823306dc6c468d34643dac9eb6838facf81bfd3f18e4eb8dfdbba","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"51c906abe5819fcc6dffa38d36214ae694d4b2cc54b6b5d747c84c56a9cb6e7f","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"b42950cba94823306dc6c468d34643dac9eb6838facf81bfd3f18e4eb8dfdbba","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"51c906abe5819fcc6dffa38d36214ae694d4b2cc54b6b5d747c84c56a9cb6e7f","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"51c906abe5819fcc6dffa38d36214ae694d4b2cc54b6b5d747c84c56a9cb6e7f","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"b42950cba94823306dc6c468d34643dac9eb6838facf81bfd3f18e4eb8dfdbba","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"51c906abe5819fcc6dffa38d36214ae694d4b2cc54b6b5d747c84c56a9cb6e7f","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"51c906abe5819fcc6dffa38d36214ae694d4b2cc54b6b5d747c84c56a9cb6e7f","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000004', 3, '2026-11-28 20:37:47.389096', '{"location_id":"1-1000000004","seq":3,"seen_at":"2026-11-28T20:37:47.389096Z","card":{"name":"Brookside ‘Homecare’","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"47f8297cf7f9cee4d4e8a711703285718f7846dbe4e46c61ae51f1dc7f1afb7d","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"47f8297cf7f9cee4d4e8a711703285718f7846dbe4e46c61ae51f1dc7f1afb7d","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"47f8297cf7f9cee4d4e8a711703285718f7846dbe4e46c61ae51f1dc7f1afb7d","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"47f8297cf7f9cee4d4e8a711703285718f7846dbe4e46c61ae51f1dc7f1afb7d","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"47f8297cf7f9cee4d4e8a711703285718f7846dbe4e46c61ae51f1dc7f1afb7d","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"inadequate","instead":null,"published":"2026-10-20","quote":null,"report":null,"page":"47f8297cf7f9cee4d4e8a711703285718f7846dbe4e46c61ae51f1dc7f1afb7d","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"47f8297cf7f9cee4d4e8a711703285718f7846dbe4e46c61ae51f1dc7f1afb7d","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"47f8297cf7f9cee4d4e8a711703285718f7846dbe4e46c61ae51f1dc7f1afb7d","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"47f8297cf7f9cee4d4e8a711703285718f7846dbe4e46c61ae51f1dc7f1afb7d","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"47f8297cf7f9cee4d4e8a711703285718f7846dbe4e46c61ae51f1dc7f1afb7d","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02","2026-09-08"],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"47f8297cf7f9cee4d4e8a711703285718f7846dbe4e46c61ae51f1dc7f1afb7d","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"entered","instead":null,"published":"2026-10-20","quote":"This service is being placed in special measures.","report":"2026-09-08","page":"47f8297cf7f9cee4d4e8a711703285718f7846dbe4e46c61ae51f1dc7f1afb7d","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000005', 2, '2026-11-28 20:37:50.688062', '{"location_id":"1-1000000005","seq":2,"seen_at":"2026-11-28T20:37:50.688062Z","card":{"name":"Netherby Care at Home","service_type":"Homecare agencies","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"16b59391d11877797fe5d73666a028661b0e949d8be877526265343902ed7851","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"16b59391d11877797fe5d73666a028661b0e949d8be877526265343902ed7851","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"16b59391d11877797fe5d73666a028661b0e949d8be877526265343902ed7851","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"16b59391d11877797fe5d73666a028661b0e949d8be877526265343902ed7851","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"16b59391d11877797fe5d73666a028661b0e949d8be877526265343902ed7851","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2025-04-02","quote":null,"report":null,"page":"16b59391d11877797fe5d73666a028661b0e949d8be877526265343902ed7851","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"16b59391d11877797fe5d73666a028661b0e949d8be877526265343902ed7851","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"16b59391d11877797fe5d73666a028661b0e949d8be877526265343902ed7851","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"16b59391d11877797fe5d73666a028661b0e949d8be877526265343902ed7851","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"16b59391d11877797fe5d73666a028661b0e949d8be877526265343902ed7851","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["AP2001"],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"16b59391d11877797fe5d73666a028661b0e949d8be877526265343902ed7851","by_api":false}],[{"aspect":"score","group":"","of":"Involving people to manage risks"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"e908bf994b779b1ad83bee09dfd8412d6353268c91c7c8244d112653e94b98c9","by_api":false}],[{"aspect":"score","group":"","of":"Learning culture"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"e908bf994b779b1ad83bee09dfd8412d6353268c91c7c8244d112653e94b98c9","by_api":false}],[{"aspect":"score","group":"","of":"Safe and effective staffing"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"e908bf994b779b1ad83bee09dfd8412d6353268c91c7c8244d112653e94b98c9","by_api":false}],[{"aspect":"score","group":"","of":"Safeguarding"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"e908bf994b779b1ad83bee09dfd8412d6353268c91c7c8244d112653e94b98c9","by_api":false}],[{"aspect":"score","group":"","of":"safe"},{"value":75,"instead":null,"published":null,"quote":null,"report":null,"page":"aba1f45fe5c0007b3fa8839f34a733bfba3021d24ab369077fbd906ae58c1355","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2025-04-02","quote":null,"report":null,"page":"9865f6916aa34038930d5d53dd95445d0393adb1fa74c433615005322c14d7da","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000005', 3, '2026-11-28 20:37:51.212115', '{"location_id":"1-1000000005","seq":3,"seen_at":"2026-11-28T20:37:51.212115Z","card":{"name":"Netherby Care at Home","service_type":"Homecare agencies","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"d91a0edb7e48ea2b87c7cb6f8f70221aec7a2f0755aca63c08f34b001412dc1a","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"d91a0edb7e48ea2b87c7cb6f8f70221aec7a2f0755aca63c08f34b001412dc1a","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"d91a0edb7e48ea2b87c7cb6f8f70221aec7a2f0755aca63c08f34b001412dc1a","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"d91a0edb7e48ea2b87c7cb6f8f70221aec7a2f0755aca63c08f34b001412dc1a","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"d91a0edb7e48ea2b87c7cb6f8f70221aec7a2f0755aca63c08f34b001412dc1a","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2025-04-02","quote":null,"report":null,"page":"d91a0edb7e48ea2b87c7cb6f8f70221aec7a2f0755aca63c08f34b001412dc1a","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"d91a0edb7e48ea2b87c7cb6f8f70221aec7a2f0755aca63c08f34b001412dc1a","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"d91a0edb7e48ea2b87c7cb6f8f70221aec7a2f0755aca63c08f34b001412dc1a","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"d91a0edb7e48ea2b87c7cb6f8f70221aec7a2f0755aca63c08f34b001412dc1a","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"d91a0edb7e48ea2b87c7cb6f8f70221aec7a2f0755aca63c08f34b001412dc1a","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["AP2001"],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"d91a0edb7e48ea2b87c7cb6f8f70221aec7a2f0755aca63c08f34b001412dc1a","by_api":false}],[{"aspect":"score","group":"","of":"Involving people to manage risks"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"0655b462ac283bf89f29fc9096df91c32909644790f99d4f0d530b4001b0828a","by_api":false}],[{"aspect":"score","group":"","of":"Learning culture"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"0655b462ac283bf89f29fc9096df91c32909644790f99d4f0d530b4001b0828a","by_api":false}],[{"aspect":"score","group":"","of":"Safe and effective staffing"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"0655b462ac283bf89f29fc9096df91c32909644790f99d4f0d530b4001b0828a","by_api":false}],[{"aspect":"score","group":"","of":"Safeguarding"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"0655b462ac283bf89f29fc9096df91c32909644790f99d4f0d530b4001b0828a","by_api":false}],[{"aspect":"score","group":"","of":"safe"},{"value":66,"instead":null,"published":null,"quote":null,"report":null,"page":"0655b462ac283bf89f29fc9096df91c32909644790f99d4f0d530b4001b0828a","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2025-04-02","quote":null,"report":null,"page":"9865f6916aa34038930d5d53dd95445d0393adb1fa74c433615005322c14d7da","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000001', 2, '2026-11-28 20:37:53.194725', '{"location_id":"1-1000000001","seq":2,"seen_at":"2026-11-28T20:37:53.194725Z","card":{"name":"Orchard House","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-27","quote":null,"report":"2026-09-15","page":"a1c15464ca35900848fc7fb66cc7890daebfc5464100703291e3bda52842d6ad","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-27","quote":null,"report":"2026-09-15","page":"a1c15464ca35900848fc7fb66cc7890daebfc5464100703291e3bda52842d6ad","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-27","quote":null,"report":"2026-09-15","page":"a1c15464ca35900848fc7fb66cc7890daebfc5464100703291e3bda52842d6ad","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"a1c15464ca35900848fc7fb66cc7890daebfc5464100703291e3bda52842d6ad","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"a1c15464ca35900848fc7fb66cc7890daebfc5464100703291e3bda52842d6ad","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"outstanding","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"bc8b0748a97c3027ea75aca1839be6a208f056f1cb446454016c052374476a12","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"a1c15464ca35900848fc7fb66cc7890daebfc5464100703291e3bda52842d6ad","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"bc8b0748a97c3027ea75aca1839be6a208f056f1cb446454016c052374476a12","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"a1c15464ca35900848fc7fb66cc7890daebfc5464100703291e3bda52842d6ad","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"a1c15464ca35900848fc7fb66cc7890daebfc5464100703291e3bda52842d6ad","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"bc8b0748a97c3027ea75aca1839be6a208f056f1cb446454016c052374476a12","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"bc8b0748a97c3027ea75aca1839be6a208f056f1cb446454016c052374476a12","by_api":false}]]}');
INSERT INTO public.subscription VALUES (1, 'Leeds', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', 'immediate', '07:30', 'wed', '2026-11-18 20:37:12', false, NULL, NULL, NULL, NULL, '2026-11-18 20:37:12');
INSERT INTO public.subscription VALUES (2, 'Leeds', 'mailto:gone@council.example', '3cd15bae1cefee5628cc3c46963cc0a0affe01543db69fd6a0b62589f71b41f0', 'immediate', '07:30', 'wed', '2026-11-18 20:37:12', false, NULL, NULL, NULL, NULL, '2026-11-18 20:37:12');
INSERT INTO public.subscription VALUES (3, 'Leeds', 'mailto:daily@council.example', '8371779183afef49137df4fcb3b04be01a95ce995c014ef8efff34d1d10e0630', 'daily', '07:30', 'wed', '2026-11-18 20:37:12', false, NULL, NULL, NULL, NULL, '2026-11-18 20:37:12');
INSERT INTO public.subscription VALUES (6, 'Care at home', 'gAAAAABrCzuBmFdRpnFGIdLUIe5V-8DbOWQT7wB0Sf93gPpepYp9ZDx92ZG321Wr1o2DdGIJ1yEwnzK_WL5TIN3Zbmt8Nr90aaig6u4YeQPfbUrOUrh5McYFv0IZtmqmbjMuwByi-Me4hRFgMmaRucsOcwwbLR8UyF8yWEPDjmDO2M8cwxfNRPQ=', '01592bbd3d064473382f58971c2ab9c992eb348f3c14780800a363e747b9739f', 'daily', '07:30', 'wed', '2026-11-18 20:37:12', false, '2026-12-19 07:30:00', NULL, NULL, NULL, '2026-11-18 20:37:12');
INSERT INTO public.subscription VALUES (7, 'Leeds', 'gAAAAABrCzuBaWmj4yJvO19b9DILrrON4MneIW6A5p3mgiekA-_mQ939Q5MDaB0e5hkYIuJVW1YYVgyiYBVIbkQ_fscSZ0eK3P8Rh6pcgJLqmtj33w7O-XAV0A833sMR3GHjklYN2CIQ', '918bedb9c6077481ade2eaeb331eda4da2bddcca2fce1cd2950e26595898e8bf', 'weekly', '07:30', 'wed', '2026-11-18 20:37:12', false, NULL, NULL, NULL, NULL, '2026-11-18 20:37:12');
INSERT INTO public.subscription VALUES (8, 'Care at home', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', 'daily', '09:00', 'mon', '2026-11-28 20:37:25.488052', false, NULL, NULL, NULL, NULL, '2026-11-28 20:37:25.488052');
INSERT INTO public.subscription VALUES (9, 'Leeds', 'mailto:no-reports@council.example', '78a16d946fa7fee05d1d9bec5cd41c36bee72951f1fd3b6d1439611fbe59e9eb', 'immediate', '08:00', 'mon', '2026-11-18 20:37:12', false, NULL, 4, '["downgraded", "upgraded", "first rated", "rating withdrawn", "score fell", "score rose", "entered special measures", "remains in special measures", "left special measures", "special measures unclear", "enforcement taken", "breach found", "archived", "provider changed", "moved", "registered"]', NULL, '2026-11-18 20:37:12');
INSERT INTO public.subscription VALUES (10, 'Leeds', 'mailto:few@council.example', 'a854adc9eadc7a74e5a360947ffdbbe8072bb32ae06c0ddd5a73fc67bda51dfd', 'immediate', '08:00', 'mon', '2026-11-18 20:37:12', false, NULL, 5, '["downgraded", "entered special measures"]', NULL, '2026-11-18 20:37:12');
INSERT INTO public.subscription VALUES (13, 'Care at home', 'mailto:scores@council.example', '715555080b1481056eab9d9a4b060dc7107276da36b10145b3da8c1e9e8b61e9', 'immediate', '08:00', 'mon', '2026-11-18 20:37:12', false, NULL, 8, '["score fell", "score rose"]', NULL, '2026-11-18 20:37:12');
INSERT INTO public.subscription VALUES (14, 'Care at home', 'mailto:none@council.example', '4304186f64bb94a19e173eacf36a99938036539b38299134e618b6cda2fc2580', 'immediate', '08:00', 'mon', '2026-11-18 20:37:12', false, NULL, 9, '[]', NULL, '2026-11-18 20:37:12');
INSERT INTO public.subscription VALUES (15, 'Leeds', 'mailto:unconfirmed@council.example', '5e31a3eb7a150078cebd6b982ca57041c62bac76dd8ebb80c6128867251a196f', 'daily', '08:00', 'mon', '2026-11-18 20:37:12', false, NULL, 2, '["upgraded"]', NULL, NULL);
INSERT INTO public.subscription VALUES (11, 'Care at home', 'mailto:paused@council.example', 'daff010584b6cd6dea3ad978dc809feea54123aa74a471a974d109457510ba91', 'immediate', '08:00', 'mon', '2026-11-18 20:37:12', false, NULL, 6, NULL, '2026-12-28 20:37:12', '2026-11-18 20:37:12');
INSERT INTO public.subscription VALUES (16, 'By rule', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', 'weekly', '07:30', 'wed', '2026-11-18 20:37:12', false, NULL, NULL, NULL, NULL, '2026-11-18 20:37:12');
INSERT INTO public.subscription VALUES (4, 'Leeds', 'mailto:weekly@council.example', 'bc7a07bd1559b78a0e2d7f0a5e7754c27df4c4616bc16164ea91b8ef4ddfac01', 'weekly', '07:30', 'wed', '2026-11-18 20:37:12', true, '2026-12-09 07:30:00', NULL, NULL, NULL, '2026-11-18 20:37:12');
INSERT INTO public.subscription VALUES (5, 'Leeds', 'gAAAAABrCzuBq51QmwEMppsLZykzj2ifiFOT0NssAN-0o3I_v4BQMkc9Fo9QMCBUGjXW5N7xqethclMMC01j7_kKSIIuOnH5KxGsN7-ccxIkDHos3pVKH6oz5W4DXizMER7377mAy2tVFJgd10ka7rOUCef8pWLvrA==', '7718951d8cbbd13f8269587288d0a62604ab80bb7a1d3151795611bf32c26046', 'immediate', '07:30', 'wed', '2026-11-18 20:37:12', true, '2026-12-09 07:30:00', NULL, NULL, NULL, '2026-11-18 20:37:12');
INSERT INTO public.subscription VALUES (12, 'Care at home', 'mailto:all@council.example', '4f2bc905e4e39e075bec9e4dc18e078bfe2c6afa873d6fc505282294e879e6dc', 'immediate', '08:00', 'mon', '2026-11-18 20:37:12', true, '2026-12-07 08:00:00', 7, NULL, NULL, '2026-11-18 20:37:12');
INSERT INTO public.switched_off VALUES ('a854adc9eadc7a74e5a360947ffdbbe8072bb32ae06c0ddd5a73fc67bda51dfd', 'mailto:few@council.example', '2026-11-28 20:37:48.698787', '404 Not Found', '2026-11-28 20:42:48.698787');
INSERT INTO public.switched_off VALUES ('918bedb9c6077481ade2eaeb331eda4da2bddcca2fce1cd2950e26595898e8bf', 'gAAAAABrCzugMcseF5kduUoUI6X8NojOhEwuqR2jbV6-4SSLAfj32m8U-t6RXqi_S_VuogFdEScKQE8Mw2NmQoovgJuoYjfApqsBVMElY41vrb9xQuqcoIh200Tx8ewfroHlLLDvbpon', '2026-11-28 20:37:48.698787', '404 Not Found', '2026-11-28 20:42:48.698787');
INSERT INTO public.told VALUES (1, 'd8857f7223fe5635b2119b4b3f9319da', 'trouble', 'mailto:oncall@council.example', 'sent', '2026-11-28 20:37:29.786025', '250 2.0.0 queued as SIM00003', '{"events": [], "watchlists": [], "subject": "1 service has not been read well for too long"}');
INSERT INTO public.told VALUES (2, '0e2acd0bce93457b81edd484118eaede', 'welcome', 'mailto:all@council.example', 'sent', '2026-11-28 20:37:32.029088', '250 2.0.0 queued as SIM00005', '{"events": [], "watchlists": ["Care at home"], "subject": null}');
INSERT INTO public.told VALUES (3, '17cfed2ccc284ad8baeb33f5bf9a4d46', 'still watching', 'mailto:all@council.example', 'sent', '2026-11-28 20:37:32.029872', '250 2.0.0 queued as SIM00006', '{"events": [], "watchlists": ["Care at home"], "subject": null}');
INSERT INTO public.told VALUES (4, '07720a2b7ac748879b7fa1f3972e5684', 'welcome', 'mailto:scores@council.example', 'sent', '2026-11-28 20:37:32.002224', '250 2.0.0 queued as SIM00004', '{"events": [], "watchlists": ["Care at home"], "subject": null}');
INSERT INTO public.told VALUES (5, '1de0bb57fd1e448286e43a52259407df', 'welcome', 'mailto:lead@council.example', 'sent', '2026-11-28 20:37:32.049892', '250 2.0.0 queued as SIM00007', '{"events": [], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (6, '37d41cbd19c940158d375230d4e0b51d', 'digest', 'mailto:gone@council.example', 'dead', '2026-11-28 20:37:33.018135', '550 No such user (at RCPT TO)', '{"events": ["silent 2026-11-28T07:30:00+00:00"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (7, '3a1e53f06b7843cb8574dfb03e72c6e7', 'digest', 'mailto:few@council.example', 'sent', '2026-11-28 20:37:33.58684', '250 2.0.0 queued as SIM00008', '{"events": ["silent 2026-11-28T08:00:00+00:00"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (8, '48f88a59c3144997879a755fa5b00c58', 'digest', 'mailto:daily@council.example', 'sent', '2026-11-28 20:37:34.137703', '250 2.0.0 queued as SIM00009', '{"events": ["silent 2026-11-28T07:30:00+00:00"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (9, '752e1e1a8abf4439abdc53157ac2b3d4', 'digest', 'mailto:no-reports@council.example', 'sent', '2026-11-28 20:37:34.145339', '250 2.0.0 queued as SIM00010', '{"events": ["silent 2026-11-28T08:00:00+00:00"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (10, '97a5599ad1274fb79d01cc43c5df4314', 'welcome', 'mailto:few@council.example', 'sent', '2026-11-28 20:37:34.517357', '250 2.0.0 queued as SIM00011', '{"events": [], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (11, 'a356bf12765a4764911e10cea8b267fa', 'digest', 'mailto:weekly@council.example', 'sent', '2026-11-28 20:37:34.530658', '250 2.0.0 queued as SIM00012', '{"events": ["silent 2026-11-25T07:30:00+00:00"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (12, 'ae42cc16537d4817ad8b6824e2f213b8', 'welcome', 'mailto:none@council.example', 'sent', '2026-11-28 20:37:34.705868', '250 2.0.0 queued as SIM00013', '{"events": [], "watchlists": ["Care at home"], "subject": null}');
INSERT INTO public.told VALUES (13, 'b9875e932ad4405884b270091d4661b1', 'welcome', 'mailto:no-reports@council.example', 'sent', '2026-11-28 20:37:34.786269', '250 2.0.0 queued as SIM00014', '{"events": [], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (14, 'fc51ba2fb54741098c2fc9e86cec3c8e', 'still watching', 'mailto:weekly@council.example', 'sent', '2026-11-28 20:37:34.904601', '250 2.0.0 queued as SIM00015', '{"events": [], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (15, '42437854e933556fad3549f36a45a51c', 'trouble', 'mailto:oncall@council.example', 'sent', '2026-11-28 20:37:35.953643', '250 2.0.0 queued as SIM00016', '{"events": [], "watchlists": [], "subject": "a message could not be delivered"}');
INSERT INTO public.told VALUES (16, 'fdcf65d8361346198fbced73a3ffaf34', 'digest', 'mailto:lead@council.example', 'sent', '2026-11-28 20:37:35.997762', '250 2.0.0 queued as SIM00017', '{"events": ["silent 2026-11-28T07:30:00+00:00"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (17, '78bb4948bc8048f5b28409ad732c6bea', 'alert', 'mailto:lead@council.example', 'sent', '2026-11-28 20:37:40.2947', '250 2.0.0 queued as SIM00018', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53", "3b7cfc4525ad2603"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (18, 'b13e9483279f4edfb298a082afba2306', 'alert', 'mailto:few@council.example', 'sent', '2026-11-28 20:37:40.787399', '250 2.0.0 queued as SIM00019', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (19, 'c9a266acaec644b995180eb85be62e3a', 'alert', 'mailto:gone@council.example', 'dead', '2026-11-28 20:37:41.597626', '550 No such user (at RCPT TO)', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53", "3b7cfc4525ad2603"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (20, 'f46c3fd032a94da0ba66b6c005a1207c', 'alert', 'mailto:no-reports@council.example', 'sent', '2026-11-28 20:37:42.070048', '250 2.0.0 queued as SIM00020', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (21, 'c13ff1df75dd5c9da29e9348cd9c0e80', 'trouble', 'mailto:oncall@council.example', 'sent', '2026-11-28 20:37:42.933025', '250 2.0.0 queued as SIM00021', '{"events": [], "watchlists": [], "subject": "a message could not be delivered"}');
INSERT INTO public.watch VALUES ('Leeds', '1-1000000001', '2026-11-18 20:37:12', false, NULL);
INSERT INTO public.watch VALUES ('Leeds', '1-1000000002', '2026-11-18 20:37:12', false, NULL);
INSERT INTO public.watch VALUES ('Leeds', '1-1000000003', '2026-11-18 20:37:12', false, NULL);
INSERT INTO public.watch VALUES ('Leeds', '1-1000000004', '2026-11-18 20:37:12', false, NULL);
INSERT INTO public.watch VALUES ('Leeds', '1-1000000005', '2026-11-18 20:37:12', false, NULL);
INSERT INTO public.watch VALUES ('Leeds', '1-1000000006', '2026-11-18 20:37:12', false, NULL);
INSERT INTO public.watch VALUES ('Care at home', '1-1000000004', '2026-11-28 20:37:25.350107', false, NULL);
INSERT INTO public.watch VALUES ('Care at home', '1-1000000005', '2026-11-28 20:37:25.350107', false, NULL);
INSERT INTO public.watch VALUES ('By rule', '1-1000000001', '2026-11-28 20:37:12', true, NULL);
INSERT INTO public.watch VALUES ('By rule', '1-1000000002', '2026-11-28 20:37:12', true, NULL);
INSERT INTO public.watch VALUES ('By rule', '1-1000000003', '2026-11-28 20:37:12', true, NULL);
INSERT INTO public.watch VALUES ('By rule', '1-1000000007', '2026-11-28 20:37:12', true, NULL);
INSERT INTO public.watchlist VALUES ('Care at home', NULL, NULL, '2026-11-28 20:37:25.350107');
INSERT INTO public.watchlist VALUES ('Leeds', 2, 'mailto:head@council.example', '2026-11-18 20:37:12');
INSERT INTO public.watchlist VALUES ('By rule', NULL, NULL, '2026-11-28 20:37:12');
INSERT INTO public.worker VALUES ('worker', 'box7', 7, '2026-11-28 20:37:52.633389', '2026-11-28 20:38:52.633389');
SELECT pg_catalog.setval('public.acknowledgement_id_seq', 1, true);
SELECT pg_catalog.setval('public.api_key_id_seq', 1, true);
SELECT pg_catalog.setval('public.audit_position_seq', 25, true);
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
CREATE INDEX ix_escalation_settled_at ON public.escalation USING btree (settled_at);
CREATE INDEX ix_event_kind ON public.event USING btree (kind);
CREATE INDEX ix_event_location_id ON public.event USING btree (location_id);
CREATE INDEX ix_event_observed_at ON public.event USING btree (observed_at);
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
ALTER TABLE ONLY public.acknowledgement
    ADD CONSTRAINT fk_acknowledgement_person_person FOREIGN KEY (person) REFERENCES public.person(id);
ALTER TABLE ONLY public.acknowledgement
    ADD CONSTRAINT fk_acknowledgement_reopened_by_person FOREIGN KEY (reopened_by) REFERENCES public.person(id);
ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT fk_api_key_person_person FOREIGN KEY (person) REFERENCES public.person(id);
ALTER TABLE ONLY public.disagreement
    ADD CONSTRAINT fk_disagreement_location_id_service FOREIGN KEY (location_id) REFERENCES public.service(location_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.feed_key
    ADD CONSTRAINT fk_feed_key_person_person FOREIGN KEY (person) REFERENCES public.person(id);
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
