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
CREATE TABLE public.feed_key (
    watchlist character varying NOT NULL,
    person integer NOT NULL,
    key_hash character varying NOT NULL,
    created_at timestamp without time zone NOT NULL
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
    blind_since timestamp without time zone
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
INSERT INTO public.acknowledgement VALUES (1, '529c5bdc075fddcc', 2, '2026-11-28 20:38:01.245721', 'We visit tomorrow.', NULL, NULL);
INSERT INTO public.alembic_version VALUES ('0004');
INSERT INTO public.api_key VALUES (1, 2, 'the dashboard', 'd811650eef22327e02cdb9c22c2af9ec6d9ac323f5988d175209af8d315696c5', 'RyuQ', '2026-11-18 20:37:20', NULL, NULL);
INSERT INTO public.audit VALUES (1, '2026-11-18 20:37:20', NULL, 'invited', 'operator@council.example as operator');
INSERT INTO public.audit VALUES (2, '2026-11-18 20:37:20', 1, 'invited', 'editor@council.example as editor');
INSERT INTO public.audit VALUES (3, '2026-11-18 20:37:20', 1, 'invited', 'left@council.example as reader');
INSERT INTO public.audit VALUES (4, '2026-11-18 20:37:20', 2, 'signed in with', 'Firefox');
INSERT INTO public.audit VALUES (5, '2026-11-18 20:37:20', 1, 'ended the access of', 'left@council.example');
INSERT INTO public.audit VALUES (6, '2026-11-18 20:37:20', 2, 'made API key', 'the dashboard (…RyuQ)');
INSERT INTO public.audit VALUES (7, '2026-11-18 20:37:20', 2, 'made feed of watchlist', 'Leeds');
INSERT INTO public.audit VALUES (8, '2026-11-18 20:37:20', 1, 'gave watchlist to', 'Leeds: editor@council.example');
INSERT INTO public.audit VALUES (9, '2026-11-18 20:37:20', 1, 'changed second address of watchlist', 'Leeds');
INSERT INTO public.audit VALUES (10, '2026-11-18 20:37:20', 1, 'invited', 'no-reports@council.example as reader');
INSERT INTO public.audit VALUES (11, '2026-11-18 20:37:20', 4, 'subscribed', 'no-reports@council.example to Leeds');
INSERT INTO public.audit VALUES (12, '2026-11-18 20:37:20', 1, 'invited', 'few@council.example as reader');
INSERT INTO public.audit VALUES (13, '2026-11-18 20:37:20', 5, 'subscribed', 'few@council.example to Leeds');
INSERT INTO public.audit VALUES (14, '2026-11-18 20:37:20', 1, 'invited', 'paused@council.example as reader');
INSERT INTO public.audit VALUES (15, '2026-11-18 20:37:20', 6, 'subscribed', 'paused@council.example to Care at home');
INSERT INTO public.audit VALUES (16, '2026-11-18 20:37:20', 1, 'invited', 'all@council.example as reader');
INSERT INTO public.audit VALUES (17, '2026-11-18 20:37:20', 7, 'subscribed', 'all@council.example to Care at home');
INSERT INTO public.audit VALUES (18, '2026-11-18 20:37:20', 1, 'invited', 'scores@council.example as reader');
INSERT INTO public.audit VALUES (19, '2026-11-18 20:37:20', 8, 'subscribed', 'scores@council.example to Care at home');
INSERT INTO public.audit VALUES (20, '2026-11-18 20:37:20', 1, 'invited', 'none@council.example as reader');
INSERT INTO public.audit VALUES (21, '2026-11-18 20:37:20', 9, 'subscribed', 'none@council.example to Care at home');
INSERT INTO public.audit VALUES (22, '2026-11-18 20:37:20', 2, 'subscribed', 'unconfirmed@council.example to Leeds');
INSERT INTO public.audit VALUES (23, '2026-11-18 20:37:20', 6, 'paused the subscription of', 'paused@council.example to Care at home');
INSERT INTO public.audit VALUES (24, '2026-11-28 20:38:01.245721', 2, 'acknowledged', '1-1000000004: downgraded: We visit tomorrow.');
INSERT INTO public.escalation VALUES ('529c5bdc075fddcc', 'Care at home', 'paused', '2026-11-28 20:38:00.845304', NULL, NULL);
INSERT INTO public.escalation VALUES ('16a75f3bf080762e', 'Care at home', 'unacknowledged', '2026-11-28 20:38:00.845304', NULL, NULL);
INSERT INTO public.escalation VALUES ('16a75f3bf080762e', 'Leeds', 'unacknowledged', '2026-11-28 20:38:00.845304', NULL, NULL);
INSERT INTO public.escalation VALUES ('16a75f3bf080762e', 'Care at home', 'paused', '2026-11-28 20:38:00.845304', NULL, NULL);
INSERT INTO public.escalation VALUES ('529c5bdc075fddcc', 'Care at home', 'unacknowledged', '2026-11-28 20:38:00.845304', '2026-11-28 20:38:01.245721', NULL);
INSERT INTO public.escalation VALUES ('529c5bdc075fddcc', 'Leeds', 'unacknowledged', '2026-11-28 20:38:00.845304', '2026-11-28 20:38:01.245721', NULL);
INSERT INTO public.event VALUES (1, '29acb6e3331afeee', '1-1000000003', '2026-11-28 20:37:54.321527', '{"id":"29acb6e3331afeee","location_id":"1-1000000003","name":"Hollins View","kind":"downgraded","group":null,"of":"overall","from_":"good","to":"requires improvement","published":"2026-10-13","observed_at":"2026-11-28T20:37:54.321527Z","quote":null,"evidence":"830a6f2ef60ef681f09d831597267ff9c430fe4aa591699486bb49a15e37f19f","rests_on":"page"}', 'downgraded');
INSERT INTO public.event VALUES (2, 'f20c1ed2f5da8d53', '1-1000000003', '2026-11-28 20:37:54.321527', '{"id":"f20c1ed2f5da8d53","location_id":"1-1000000003","name":"Hollins View","kind":"downgraded","group":null,"of":"safe","from_":"good","to":"requires improvement","published":"2026-10-13","observed_at":"2026-11-28T20:37:54.321527Z","quote":null,"evidence":"830a6f2ef60ef681f09d831597267ff9c430fe4aa591699486bb49a15e37f19f","rests_on":"page"}', 'downgraded');
INSERT INTO public.event VALUES (3, '3b7cfc4525ad2603', '1-1000000003', '2026-11-28 20:37:54.321527', '{"id":"3b7cfc4525ad2603","location_id":"1-1000000003","name":"Hollins View","kind":"report published","group":null,"of":null,"from_":null,"to":null,"published":"2026-10-13","observed_at":"2026-11-28T20:37:54.321527Z","quote":null,"evidence":"830a6f2ef60ef681f09d831597267ff9c430fe4aa591699486bb49a15e37f19f","rests_on":"page"}', 'report published');
INSERT INTO public.event VALUES (4, '529c5bdc075fddcc', '1-1000000004', '2026-11-28 20:38:00.845304', '{"id":"529c5bdc075fddcc","location_id":"1-1000000004","name":"Brookside ‘Homecare’","kind":"downgraded","group":null,"of":"overall","from_":"good","to":"inadequate","published":"2026-10-20","observed_at":"2026-11-28T20:38:00.845304Z","quote":null,"evidence":"cf63e2b81278a7f9ceaa2dc63c42f0e6f94b9b621d9a3c38d271c4b883f28f4b","rests_on":"page"}', 'downgraded');
INSERT INTO public.event VALUES (5, '16a75f3bf080762e', '1-1000000004', '2026-11-28 20:38:00.845304', '{"id":"16a75f3bf080762e","location_id":"1-1000000004","name":"Brookside ‘Homecare’","kind":"entered special measures","group":null,"of":null,"from_":null,"to":null,"published":"2026-10-20","observed_at":"2026-11-28T20:38:00.845304Z","quote":"This service is being placed in special measures.","evidence":"cf63e2b81278a7f9ceaa2dc63c42f0e6f94b9b621d9a3c38d271c4b883f28f4b","rests_on":"page"}', 'entered special measures');
INSERT INTO public.event VALUES (6, '77118ef83558c65a', '1-1000000004', '2026-11-28 20:38:00.845304', '{"id":"77118ef83558c65a","location_id":"1-1000000004","name":"Brookside ‘Homecare’","kind":"downgraded","group":null,"of":"safe","from_":"good","to":"inadequate","published":"2026-10-20","observed_at":"2026-11-28T20:38:00.845304Z","quote":null,"evidence":"cf63e2b81278a7f9ceaa2dc63c42f0e6f94b9b621d9a3c38d271c4b883f28f4b","rests_on":"page"}', 'downgraded');
INSERT INTO public.event VALUES (7, '6f8e4058c4ea298a', '1-1000000004', '2026-11-28 20:38:00.845304', '{"id":"6f8e4058c4ea298a","location_id":"1-1000000004","name":"Brookside ‘Homecare’","kind":"downgraded","group":null,"of":"well-led","from_":"good","to":"inadequate","published":"2026-10-20","observed_at":"2026-11-28T20:38:00.845304Z","quote":null,"evidence":"cf63e2b81278a7f9ceaa2dc63c42f0e6f94b9b621d9a3c38d271c4b883f28f4b","rests_on":"page"}', 'downgraded');
INSERT INTO public.event VALUES (8, 'edeb4152ba75f0e6', '1-1000000004', '2026-11-28 20:38:00.845304', '{"id":"edeb4152ba75f0e6","location_id":"1-1000000004","name":"Brookside ‘Homecare’","kind":"report published","group":null,"of":null,"from_":null,"to":null,"published":"2026-10-20","observed_at":"2026-11-28T20:38:00.845304Z","quote":null,"evidence":"cf63e2b81278a7f9ceaa2dc63c42f0e6f94b9b621d9a3c38d271c4b883f28f4b","rests_on":"page"}', 'report published');
INSERT INTO public.event VALUES (9, '29effac3905567d4', '1-1000000005', '2026-11-28 20:38:03.853252', '{"id":"29effac3905567d4","location_id":"1-1000000005","name":"Netherby Care at Home","kind":"score fell","group":null,"of":"safe","from_":75,"to":66,"published":"2025-04-02","observed_at":"2026-11-28T20:38:03.853252Z","quote":null,"evidence":"780423b954dec4701c9fd7d137a80dceb5942d773e5fe58ae82a10da6c2bb31c","rests_on":"page"}', 'score fell');
INSERT INTO public.evidence VALUES ('830a6f2ef60ef681f09d831597267ff9c430fe4aa591699486bb49a15e37f19f', 'https://www.cqc.example/location/1-1000000003', 'text/html; charset=utf-8', '2026-11-28 20:37:54.231854', '\x789ccd58e152dc3610fe9fa7d83a7fda99383edfc115e89d672024248100e1d210dae930b2259fd5b32d23c9472ebff218edebe549ba6bcb70d0a3349964260c836569b5bbdafdf6d39ad10fbb474fde9c1d3f85cc1679f460440fc859391d7ba2f4f7763c9a138ce3a310964192316d841d7bb54dfd0d5ab5d2e6227aaef25c9606de4a71093e3c615ac0eb9ae5d22ee0892a0a698c54e52868a59db2921562ec2546a7be5533517a90a8d28a12d5efbe387a372d920ff5e17ebc7f989dbdde64177f5ed8dd41b8b37d56d97764d9245a56164a5526a4e6501d9e6f4c27ef1627e1cfacbfbfb67826262f2fd6fbfb27f5e04c5b2f9a330db9988a92c3187ef78e6a6b2c2bb92ca7de23f0f694e2f43c1117b5d4c2802c2aade6a2407f68fe45c9382e312bbc3f7e1905ad71f42270e189155fb860098d03069916e9d87b5830597ad164262bb00ae8ad3be6286028982a5d004b2cc667ec0546309d641e483ef6dab14f0274de9cc5228f26cd24e024303042cf65226024cbaab62ea0175e340a5ae1076ec12e2a5cc824e714e5568cd49ec7b5ccf9b9e41ecc595ebb59ff69efd9e419d38b9d3439e28bf9db579b9b1f4e5f2dd49bdff27551bc1c90370149e2b364f36854e7d12897d1d5a1830401e067aa10c68b1a3034633a30ba266f09d31a6df01046ede84e415349cb7243926e7887285789551a0577dbc15d629806692cc9b9d11d82d35a728640a36cf8040c8969c66d7b6ebe49c8d5fc1d4aaa3ace65c228d5b8f578e9ed7a4340b10c28aa0e5b0d9a1ad810261a3441923363c6de9caa8dfef85c15bee47e3c18f67ac990f793e10667fdcd615f6c0c079b228e53be160ffa1bbd5ed813e146d84bc5a0b726c2fe7aba166f8a8d5e18339eac5362ebbc536f848b219da2c922e5a74bf6555a97fdee465808e10d52c0b384385b75bab1b234cb732f3a6a075bb0aaf06029f722af7cc609ee81c6a09553744c637ca050e8088b15e21cad55a2292570326d602b321d857d38d2c4601c0e58291ec1a1b099d0f1e2111c08d46b2ca62e431ff0fd6908e1f6f6b57d2bf2ad1f7b6138fc09d63687d00bfb5805b726966d1db750e0800c03ba2e215e6cb9b52e04f652f989cacfcf1b52f4fdcb4cf928697c57d5de32721cb282d00f7b212619138945c0b4bd1479def2ed812ca4157cd98b133195742af4034312c22bb6807e2f5c6bd7b37e74d24509c7ed864a690b0d504d26f8168403384218c442e3cefeb0dd798d9136cc3e4adb06272be6cfcfd1ad62f934b96a61df9cc6fd0c82ebe4f9a62e0ae49f8786a5188609fea553c1c854ac5c69a1612f2f5a8521e46adc75558e5fd74191a6343347db4fbbe1ff7395ee9b6fea1af2285d6d54a7f8fc4e9cc2dc5448774dc04eaec6df8973544ab9e05e748a033f6f4be90bfc6a09b0fa02172828c8688e1cc1cdb67dc23dca7453b9c88913816c889bddc4351d60896fe3fc8b2bab5dd91b4799b77929464b33efbf288b533b148530111506fd264754d16e4dc8c336452337cb522cd17327722a0071aa251114f237067a89c255da1c244584c04c2ce0a2468a26bf1fb7dbbf34bc48fa2e3a6d64031780af108a3e522cb5671886c16784e158a82a1770894c8d49afc8358c48bc8099c4eb03dbd43405bc1e6056e2858fee1740587d0c6fb2f60a864b66d03181f1a3fba6b9136698936f172866f03a6a4175881d29baea6ead0e54ff6a0957d9c63bacbb919fabda88d64c534a577dc1529f7eabfaef51def7a28326197b7415ac527dddd37f9ee6352fdad14acd2806f0e9e35f5ddbfae9e3dfabccac20ae7b0c6023d6f526edddce6cdb7b7d15ed432ffab56c5aa73b83be92d328d9a719baa26addf5575020e85cca398a701bdd4818be8f388f08a8ddc78a3450094d9f0f5416e27d8240450fd1eea28535eee28da6d68b7b55347027dc174290538d7fe23d619a757ce134ae6e10565b28955db68215d61ac2cd164ca6ea9cbb6a838c2145598513b894a94b7a14b5b19d996b07962177efc1b027c798dcb0c1f03bd97d2d029be2c7001aa132c55d862853e3ef9495d23427c7254c173595e8917322e0743b055d0107f44581cf1f7cdfe5f446c981ef37dfa80abbc80899eace2ffbe5eb8e25c80346c692a4bc687bf9b5bd8f9c4234efbe9b83e61f10ff00bb45918a', NULL);
INSERT INTO public.evidence VALUES ('cf63e2b81278a7f9ceaa2dc63c42f0e6f94b9b621d9a3c38d271c4b883f28f4b', 'https://www.cqc.example/location/1-1000000004', 'text/html; charset=utf-8', '2026-11-28 20:38:00.757177', '\x789ccd58e14edc3810fedfa7f0a57feea4a621bbcb02bd2512b41550b585022d9c4ea795134f36d63a716a3bd0bd5f7d8cbbd7eb93dc4ce2c096ee8a6bd54a458838ce78663cf3cde731935f9e1d3f3dffe3e4392b5ca99207137a30c5abd96e005578b01fd01c70818f121c6759c18d05b71b342e0fb7e9ab934e41b26fb49e5b29807dfaf8cfa12e21e3063e7dfc9785ec298ed89b862be916eca92e4b69add4d524ea567ac5152f6137c8acc943a7e750052cd395830a4d5d4e851c6e6f8d84badc7bbbb7f3ecfce2509f54af46fba7efead7871fe6e485cd8cac1dab7495a19a173be5bbf189cbaec2cb464debe9e9f5fefc6070240ef6e6affebe4cdf04c915374cc10c2ac176d99fc171e3ace39590d52c78c48203ad053d4fe17d230d5826cbdae82b28d11f9a3faab8c04fdc41f0d7ef93a8338e5e443e54a9160b1f383038e0ac3090ef060f4b2eab20399bcb9a39cde8addfe624e228986b53329e398ccf6e1059e0262b0226c56ed08d4312a0fd2a9e824aceda4986938c330be64a66c026b2aa1be703fa3e48265127fcc07f708b1a3f1452088a7227466aa7692395984a11b02bae1a3f1b2ece4fccc173f302f6a66f67d5bba690358ccfb6768eb4cb2f6d31206f2292c467c5af9249a3928992c9cda62382425820266c90b46068c7b461744dde112e3c7682a447d15a415b4bc79525493f5c232a74e6b441c167dd609d18a6415a47727eb44670d648c11168948d908081b827f5077ebe4dc8cdfc1a2575932a99714a352e3d597abb5d10512c238aaac7568ba616368489164d2c53dcdadde04ac235a33fa1d06528451867310c6388e3ed316c65a39dcd740b44ce876263637398eda49bf9381b8db77752180df9b680cde1480c37c7f160732bcbc77946896d54afde828f21eda2cd22e5a74ff64d5a97fdee475808f15a82c07dc52851f776b0ca0c572a488ebbc113765b6c6c29fba0ea900b027c64306cd50c5d331821566a7485a71a912e2b5b435b4ccccb74a1adc960120fd8b1213e13ec25afe0117b0dae00932e1eb197807aadc3e41558fef8fe3c66f1dedead7d07eac9af1b713cfe8d8d76c66c231e0c83e4cec4b2ad930e0c8221c730d3542c5d3cf1dffa8dbb6b1d665a4da72d2d86e175a14394b4a1afeb60193b1e5b511cc61bf178037f622c036edc3528d531ee4b594a0762d98b539849da15fa812189d92bbe60838d78d47d2f06c9691f251c770b6a6d1c6ba16a0b104f509c1d23105230381c8cbb95b728e9c21ca2b46b91b2627e3a45b7cae5dd28dd01bfdd8dff1945b7c90b6d5396dc2c1e5a9e6318cef02fed8a4d6ccdab95165afe0a925be42047a3ec4d197e5fb720cf69e60a2d3eef87ffcf413a677ea86b586474a4517de2f327710a0fd41a69ae0dd8e9cdf827718e0a488108920b1c84aa2ba06f865a477ff5373842a14136f374c8fc6cd725dca3ccb4558b7c7806c884b8d84fdc520196f71ece1fdd58ed4bde7ababccb49295a6afbacb57425a8194ab6d919d418facff9a14e9e35843f6c520cf2b2ac60899a7b910b60885623899c90bb31dc4bf4adf3762339e284cd61c1de3748cfe4f7e37ef97921ed4d0b84c314c860ad78860af1bc2455922b5602b70d22f0313b2f0099cdd4da02e9bf2b404ab047838ade982bb8ebd55b7fb69301797b38d181c6ac9c5532c793bc726ad1b78ddec96fc5009e4a3e855dfa239fa5ef90af019e01d44162ae865f91ab13d0b502760db4e3a626d730cae982cd259e6fd849e739c3f38bcd2bec49d0fd9251597521a72e815d738b8e0126990ec4f6d09a23707e5ca038b51e1df25f63d38caef6c9f4c8ffa26b5d651b0fd9be6538d48d85ce4c5bef37edcad255e20e51dda31c3be9976d320e0833ab54af3dcfeed13ca41659298c1b7b870de22ad5ab6e3a5f67643348fa06aa6b40b060da167185b5152c7e8ff67190bcaddafe6e6de0bf50da76a198dc0baa5ddd98be09a412af7cda058a08977c96347c9f089110589708a50643b71c2a0df8902158d143b4bbe8a08dab44aba9f3e25e152de409fb250039d5fa071f08d7bc2736af71756a565ba8b45bb68255d619c2c5485f856e94f015c70a8e5cea344ee0a7425fd3a36cac5b222defc032eceedd58ca05c6e4331b1caff3fe52cbf80cef2c68844a155759e27683bf335e49dbeebca35aea7cd123ef4424e8188dfa228ee8e283cf5fc2d0e7f4b3b26361d85ea535b6ba09b2d5da7f402c9fcb3c432eb032952415247bcbafddc1e915a2797fbd8fdaff99fc07eb29d5f1', NULL);
INSERT INTO public.evidence VALUES ('780423b954dec4701c9fd7d137a80dceb5942d773e5fe58ae82a10da6c2bb31c', '/location/1-1000000005/reports/AP2001/safe', 'text/html; charset=utf-8', '2026-11-28 20:38:03.518125', '\x789cb556db72db36107dcf576cd09776a60c25d992ed54e28c2fb51d27ae53db1d37ed743c20b014119304458054aca7fe43ffb05fd25d92529c369a3ef945b8ecc1ee62cfc152d3972757c7b71fdeff08a9cfb3e8c59407c864319f092c82b323c17b28350d397a092a9595433f13b54f827db67ae3338c7e429f62153fc2b1ac10a487739b230470e81c3a9763e1a76187ec1d1532c79950ae4a026f1fb010a06ce1093713e3db381f5d060ff1c9d16215eb497ebaf8ede3f8fe3219ddab4f8f77638eea54654a0f852d14b9b91bb9e65ed6f2e2978f6fd1cc8ff6269f7edd5daddc9d698e2eec6a25a2465690e11c0b0d33f85d5cd5de79596853ccc5f720ceacd53c5ee3a236153a307959d906396fde7f53484d26e951fcf1c334ec825316615f9ad8eac7be5058d144425a613213dfe4d21422ba793025780bbc5a5f731a4a0226b6ca412a6f6c3113a14359a95480d133d1cd0306f07d33196316ddb49b409b20c161d5188530354559fbbea00b114dc30efca237f8c7920ca9d19aabdcc1d8ed7d5c9b4cdf1b2da09159ddef06d5bb32b91cb8f3a30f177a6fbe5cd48b5579a20e6f2edf5ee3e4f420e66c4246d258c8269ad65934cd4cb4b974a84802414afc3b11b57268e77c614acdfc0bcc363e20a2f37eb615e84ae365e618d94fb740b555de56043ce926db604483719e71fd6c0b705e1b2d4968cc46c0c23044331d3bebf75b4236fb5b9c94759c1925996a3afafec9eaf381906b1972557b6db56a6a65c39a68d5042a93cecd44637009fc13689b0746078301aa5827073b3b72b03f1c489a2738dc4de4040f066a37d91f0fa41e1cc443ad0fd450e3606f3242b2cac9301e8f267b4c6ccfe59a0a90f4629461f2d6e991ca875f7fed94f190cc65748da5ad3c2495cd61b40fa71857b5ac1e6134188d413e6908e55a42e9283aee9e0545a20539b92ac0a7c641492974c83eb7ab86758fcb4d89dfd1a328e82183aa335fb37e7ac38d4c704e91f9956f36df148dcd1a869768cb0cbb77595014a88c7b705f9c066a118054467aa10d02b58c24d9387b4a16e5ccf836792ac19aa38a08a60e13717fe92e51767efffef3afee7a39cac2c11221b3d40575ab24641db1ac6c02cb94aabbc934d350bb36a9b5894e3ab97cb5767ecb3ed78dc1295b91cbc904beb5d407e8c87030f8ae0dd1c626eee42bf8afcc45746a38049d59c7e0ec98e7658a05af3b165b372fd80d4bb8cdebdc2ed9ae64466c50bf2408ba3e15d7a799ee7c8533da6cabc3c0d7b0c3485aded1d1920a034be3d3751d96a9a532b4ae3777e5d82da6e5e873a02f35f04c41fe5f53cf78bbad1a7d8e9821b7201a5f060174e27e0d4fbea51004ed47cd7a6a5c14ac6d0f3fd732339e7a85cd73e31c75bc36958deca452a425131b4689e8f0e9b26b8dbd430adf7f68c3f6dfca3f3318f2aa', NULL);
INSERT INTO public.feed_key VALUES ('Leeds', 2, '49438219ef0a0bf175debf7cc5b5f2e23dfe43d69221dbe09f522ff9461a72e8', '2026-11-18 20:37:20');
INSERT INTO public.message VALUES ('47b36aaa886656088b2c90ca0822a7e8', 'confirm', 'mailto:unconfirmed@council.example', '5e31a3eb7a150078cebd6b982ca57041c62bac76dd8ebb80c6128867251a196f', '{"watchlist": "Leeds", "asked_by": "editor@council.example"}', '2026-11-18 20:37:20', 'sent', 1, 0, NULL, '2026-11-18 20:37:20', NULL, '250 2.0.0 queued as SIM00002', '2026-11-28 20:37:41.235274', NULL, NULL, NULL);
INSERT INTO public.message VALUES ('7ebae179a1774e35ba1e9534f7f5cef0', 'digest', 'mailto:few@council.example', 'a854adc9eadc7a74e5a360947ffdbbe8072bb32ae06c0ddd5a73fc67bda51dfd', '{"events": ["silent 2026-11-28T08:00:00+00:00"], "period": "daily", "stale": [["1-1000000006", null]]}', '2026-11-28 20:37:38.665676', 'sent', 1, 0, NULL, '2026-11-28 20:37:38.665676', NULL, '250 2.0.0 queued as SIM00007', '2026-11-28 20:37:44.705289', NULL, NULL, '{"subject":"CQC daily digest: no news; 1 service could not be read","sections":[{"role":"title","heading":"CQC daily digest","said":[],"notes":["This covers 18 November 2026 at 8:37pm to 28 November 2026 at 8:37pm.","No news; 1 service could not be read."],"facts":[],"link":null,"links":[]},{"role":"part","heading":"Not read well","said":[],"notes":["We have not been able to read what CQC publishes about these services. That you hear nothing about them does not mean that nothing happened: please look yourself."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006: never read well yet","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because you asked for the daily digest.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('9a2b0e5bce064de2bd6096303328ce66', 'still watching', 'mailto:all@council.example', '4f2bc905e4e39e075bec9e4dc18e078bfe2c6afa873d6fc505282294e879e6dc', '{"events": [], "period": "weekly", "total": 2, "all_since": "2026-11-28T20:37:37.770377+00:00", "stale": []}', '2026-11-28 20:37:38.665676', 'sent', 1, 0, NULL, '2026-11-28 20:37:38.665676', NULL, '250 2.0.0 queued as SIM00010', '2026-11-28 20:37:46.222333', NULL, NULL, '{"subject":"Care at home: still watching 2 services, all read within the last hour","sections":[{"role":"title","heading":"Care at home: still watching 2 services, all read within the last hour","said":[],"notes":["As of 28 November 2026 at 8:37pm.","This is a sign of life and says nothing of what changed: that comes in messages of its own. You should get one every week. If it stays away, please ask whoever runs the monitor."],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because a weekly sign of life was asked for with your watchlist Care at home.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('3758b8e030304ecdbe77bf7b13f2a9df', 'sign in', 'mailto:operator@council.example', '6546ee61a068285a1041fa9b268b139ae9988b5e66694e8db02864f509bb8cf5', '{"token": "gAAAAABrCzuPb6LB5cbdKaPhWic3atYrbL4hhYknTQz8xIVxZ20TCjcQqE3xDd0oy3nMw3c99Gp5O7Dgvl9YNHTGPFTZXiDNDfypdYinOYa-lDoNXava0EF3yONUMrr22DMDq4ItmAhp", "until": "2026-12-05T20:37:20+00:00", "invitation": true}', '2026-11-18 20:37:20', 'sent', 1, 0, NULL, '2026-11-18 20:37:20', NULL, '250 2.0.0 queued as SIM00001', '2026-11-28 20:37:41.069499', NULL, NULL, NULL);
INSERT INTO public.message VALUES ('d8857f7223fe5635b2119b4b3f9319da', 'trouble', 'mailto:oncall@council.example', 'ec78b8d1ecc0f32075efd2cd92dbf632b7d86a67f486315bc3ed295b36d0df01', '{"subject": "1 service has not been read well for too long", "lines": ["1-1000000006 : CQC''s answer was empty"]}', '2026-11-28 20:37:38.63746', 'sent', 1, 0, NULL, '2026-11-28 20:37:38.63746', NULL, '250 2.0.0 queued as SIM00003', '2026-11-28 20:37:41.371018', NULL, NULL, NULL);
INSERT INTO public.message VALUES ('d946fad865d24d2ba21468065fe2e90a', 'welcome', 'mailto:scores@council.example', '715555080b1481056eab9d9a4b060dc7107276da36b10145b3da8c1e9e8b61e9', '{"events": []}', '2026-11-28 20:37:38.665676', 'sent', 1, 0, NULL, '2026-11-28 20:37:38.665676', NULL, '250 2.0.0 queued as SIM00016', '2026-11-28 20:37:50.613345', NULL, NULL, '{"subject":"Care at home: watching 2 services","sections":[{"role":"title","heading":"Care at home: watching 2 services","said":[],"notes":["You will get a message as soon as we see that a rating fell or was withdrawn, that a service entered or remains in special measures, or that CQC took enforcement action. Other changes come with the next message, or once a day.","None of the 2 services that we have read is rated Inadequate, overall or for a key question, or stated to be in special measures."],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because this address was subscribed to the watchlist Care at home.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('a0f15dd946c54957ab03ff909d99b168', 'digest', 'mailto:gone@council.example', '3cd15bae1cefee5628cc3c46963cc0a0affe01543db69fd6a0b62589f71b41f0', '{"events": ["silent 2026-11-28T07:30:00+00:00"], "period": "daily", "stale": [["1-1000000006", null]]}', '2026-11-28 20:37:38.665676', 'dead', 1, 0, NULL, '2026-11-28 20:37:38.665676', NULL, '550 No such user (at RCPT TO)', NULL, NULL, '2026-11-28 20:37:47.923096', NULL);
INSERT INTO public.message VALUES ('6dfa3b9307b249fb8b5b6f2bee5cf95e', 'digest', 'gAAAAABrCzuHLWgCkqYBQqizWW-hyef3PXPwhC3Po3r4kS26R-Iaqsol9mdiuVDvxrHYDtjrdQUWY9PU81KSNyyji5vKWwF54OpfTLFnh0QonfEK8LYuSux8FTb3FZmRpBHrjAB7qhs8Or19OPbzvSzSR985SOJL-Q==', '7718951d8cbbd13f8269587288d0a62604ab80bb7a1d3151795611bf32c26046', '{"events": ["silent 2026-11-28T07:30:00+00:00"], "period": "daily", "stale": [["1-1000000006", null]]}', '2026-11-28 20:37:38.665676', 'pending', 2, 0, NULL, '2026-11-28 20:38:01.245721', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('fec3eebefec744bf89eb27a7d338b7f2', 'welcome', 'gAAAAABrCzuHLWgCkqYBQqizWW-hyef3PXPwhC3Po3r4kS26R-Iaqsol9mdiuVDvxrHYDtjrdQUWY9PU81KSNyyji5vKWwF54OpfTLFnh0QonfEK8LYuSux8FTb3FZmRpBHrjAB7qhs8Or19OPbzvSzSR985SOJL-Q==', '7718951d8cbbd13f8269587288d0a62604ab80bb7a1d3151795611bf32c26046', '{"events": []}', '2026-11-28 20:37:38.665676', 'pending', 2, 0, NULL, '2026-11-28 20:38:01.245721', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('0f7ace77fef94f26992045e78e62c127', 'welcome', 'mailto:few@council.example', 'a854adc9eadc7a74e5a360947ffdbbe8072bb32ae06c0ddd5a73fc67bda51dfd', '{"events": []}', '2026-11-28 20:37:38.665676', 'sent', 1, 0, NULL, '2026-11-28 20:37:38.665676', NULL, '250 2.0.0 queued as SIM00004', '2026-11-28 20:37:42.792308', NULL, NULL, '{"subject":"Leeds: watching 6 services, 1 already inadequate or in special measures, 1 not read yet","sections":[{"role":"title","heading":"Leeds: watching 6 services","said":[],"notes":["You will get a message as soon as we see that a rating fell or was withdrawn, that a service entered or remains in special measures, or that CQC took enforcement action. Other changes come with the next message, or once a day.","Of the 5 services that we have read, this one is already rated Inadequate, overall or for a key question, or in special measures."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"Larch Grove","said":[{"text":"Overall rating: Inadequate","urgent":true,"detail":null,"quote":null,"link":null},{"text":"Rated Inadequate for Caring, Effective, Responsive, Safe and Well-led","urgent":true,"detail":null,"quote":null,"link":null},{"text":"In special measures","urgent":true,"detail":null,"quote":"CQC writes: “This service remains in special measures.”","link":null}],"notes":[],"facts":[{"label":"Type","value":"Care home"},{"label":"Address","value":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA"},{"label":"Provider","value":"Hartwell Care Limited"}],"link":{"text":"CQC''s page about Larch Grove","url":"https://www.cqc.example/location/1-1000000002"},"links":[]},{"role":"part","heading":"Not read yet","said":[],"notes":["We have not been able to read what CQC publishes about these services, and keep trying. Until then we cannot tell you about them."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because this address was subscribed to the watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('8b2878032b324fd99408657ca7cbfdf7', 'still watching', 'mailto:weekly@council.example', 'bc7a07bd1559b78a0e2d7f0a5e7754c27df4c4616bc16164ea91b8ef4ddfac01', '{"events": [], "period": "weekly", "total": 6, "all_since": "2026-11-28T20:37:37.503357+00:00", "stale": [["1-1000000006", null]]}', '2026-11-28 20:37:38.665676', 'sent', 1, 0, NULL, '2026-11-28 20:37:38.665676', NULL, '250 2.0.0 queued as SIM00009', '2026-11-28 20:37:45.791839', NULL, NULL, '{"subject":"Leeds: still watching 6 services, 1 of them not read well","sections":[{"role":"title","heading":"Leeds: still watching 6 services, 1 of them not read well","said":[],"notes":["As of 28 November 2026 at 8:37pm.","This is a sign of life and says nothing of what changed: that comes in messages of its own. You should get one every week. If it stays away, please ask whoever runs the monitor."],"facts":[],"link":null,"links":[]},{"role":"part","heading":"Not read well","said":[],"notes":["We have not been able to read what CQC publishes about these services. That you hear nothing about them does not mean that nothing happened: please look yourself."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006: never read well yet","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because a weekly sign of life was asked for with your watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('b99bbc5d6e8c462baccaf4cdcb5e7e9d', 'welcome', 'mailto:none@council.example', '4304186f64bb94a19e173eacf36a99938036539b38299134e618b6cda2fc2580', '{"events": []}', '2026-11-28 20:37:38.665676', 'sent', 1, 0, NULL, '2026-11-28 20:37:38.665676', NULL, '250 2.0.0 queued as SIM00012', '2026-11-28 20:37:47.99038', NULL, NULL, '{"subject":"Care at home: watching 2 services","sections":[{"role":"title","heading":"Care at home: watching 2 services","said":[],"notes":["You will get a message as soon as we see that a rating fell or was withdrawn, that a service entered or remains in special measures, or that CQC took enforcement action. Other changes come with the next message, or once a day.","None of the 2 services that we have read is rated Inadequate, overall or for a key question, or stated to be in special measures."],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because this address was subscribed to the watchlist Care at home.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('51faa0ed942443bc8891588fac6ef371', 'welcome', 'mailto:no-reports@council.example', '78a16d946fa7fee05d1d9bec5cd41c36bee72951f1fd3b6d1439611fbe59e9eb', '{"events": []}', '2026-11-28 20:37:38.665676', 'sent', 1, 0, NULL, '2026-11-28 20:37:38.665676', NULL, '250 2.0.0 queued as SIM00005', '2026-11-28 20:37:43.117578', NULL, NULL, '{"subject":"Leeds: watching 6 services, 1 already inadequate or in special measures, 1 not read yet","sections":[{"role":"title","heading":"Leeds: watching 6 services","said":[],"notes":["You will get a message as soon as we see that a rating fell or was withdrawn, that a service entered or remains in special measures, or that CQC took enforcement action. Other changes come with the next message, or once a day.","Of the 5 services that we have read, this one is already rated Inadequate, overall or for a key question, or in special measures."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"Larch Grove","said":[{"text":"Overall rating: Inadequate","urgent":true,"detail":null,"quote":null,"link":null},{"text":"Rated Inadequate for Caring, Effective, Responsive, Safe and Well-led","urgent":true,"detail":null,"quote":null,"link":null},{"text":"In special measures","urgent":true,"detail":null,"quote":"CQC writes: “This service remains in special measures.”","link":null}],"notes":[],"facts":[{"label":"Type","value":"Care home"},{"label":"Address","value":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA"},{"label":"Provider","value":"Hartwell Care Limited"}],"link":{"text":"CQC''s page about Larch Grove","url":"https://www.cqc.example/location/1-1000000002"},"links":[]},{"role":"part","heading":"Not read yet","said":[],"notes":["We have not been able to read what CQC publishes about these services, and keep trying. Until then we cannot tell you about them."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because this address was subscribed to the watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('7c0bb85abfc6477088f0fc2a466c8c5f', 'digest', 'mailto:no-reports@council.example', '78a16d946fa7fee05d1d9bec5cd41c36bee72951f1fd3b6d1439611fbe59e9eb', '{"events": ["silent 2026-11-28T08:00:00+00:00"], "period": "daily", "stale": [["1-1000000006", null]]}', '2026-11-28 20:37:38.665676', 'sent', 1, 0, NULL, '2026-11-28 20:37:38.665676', NULL, '250 2.0.0 queued as SIM00006', '2026-11-28 20:37:44.164491', NULL, NULL, '{"subject":"CQC daily digest: no news; 1 service could not be read","sections":[{"role":"title","heading":"CQC daily digest","said":[],"notes":["This covers 18 November 2026 at 8:37pm to 28 November 2026 at 8:37pm.","No news; 1 service could not be read."],"facts":[],"link":null,"links":[]},{"role":"part","heading":"Not read well","said":[],"notes":["We have not been able to read what CQC publishes about these services. That you hear nothing about them does not mean that nothing happened: please look yourself."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006: never read well yet","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because you asked for the daily digest.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('812bcba2f07c45aa929e013b44db6f6b', 'welcome', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', '{"events": []}', '2026-11-28 20:37:38.665676', 'sent', 1, 0, NULL, '2026-11-28 20:37:38.665676', NULL, '250 2.0.0 queued as SIM00008', '2026-11-28 20:37:44.820571', NULL, NULL, '{"subject":"Leeds: watching 6 services, 1 already inadequate or in special measures, 1 not read yet","sections":[{"role":"title","heading":"Leeds: watching 6 services","said":[],"notes":["You will get a message as soon as we see that a rating fell or was withdrawn, that a service entered or remains in special measures, or that CQC took enforcement action. Other changes come with the next message, or once a day.","Of the 5 services that we have read, this one is already rated Inadequate, overall or for a key question, or in special measures."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"Larch Grove","said":[{"text":"Overall rating: Inadequate","urgent":true,"detail":null,"quote":null,"link":null},{"text":"Rated Inadequate for Caring, Effective, Responsive, Safe and Well-led","urgent":true,"detail":null,"quote":null,"link":null},{"text":"In special measures","urgent":true,"detail":null,"quote":"CQC writes: “This service remains in special measures.”","link":null}],"notes":[],"facts":[{"label":"Type","value":"Care home"},{"label":"Address","value":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA"},{"label":"Provider","value":"Hartwell Care Limited"}],"link":{"text":"CQC''s page about Larch Grove","url":"https://www.cqc.example/location/1-1000000002"},"links":[]},{"role":"part","heading":"Not read yet","said":[],"notes":["We have not been able to read what CQC publishes about these services, and keep trying. Until then we cannot tell you about them."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because this address was subscribed to the watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('9ed1a1921bf44c94b4c45a00b590d1ed', 'digest', 'mailto:weekly@council.example', 'bc7a07bd1559b78a0e2d7f0a5e7754c27df4c4616bc16164ea91b8ef4ddfac01', '{"events": ["silent 2026-11-25T07:30:00+00:00"], "period": "weekly", "stale": [["1-1000000006", null]]}', '2026-11-28 20:37:38.665676', 'sent', 1, 0, NULL, '2026-11-28 20:37:38.665676', NULL, '250 2.0.0 queued as SIM00011', '2026-11-28 20:37:46.765467', NULL, NULL, '{"subject":"CQC weekly digest: no news; 1 service could not be read","sections":[{"role":"title","heading":"CQC weekly digest","said":[],"notes":["This covers 18 November 2026 at 8:37pm to 28 November 2026 at 8:37pm.","No news; 1 service could not be read."],"facts":[],"link":null,"links":[]},{"role":"part","heading":"Not read well","said":[],"notes":["We have not been able to read what CQC publishes about these services. That you hear nothing about them does not mean that nothing happened: please look yourself."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006: never read well yet","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because you asked for the weekly digest.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('c7d6897f80d54e4b8a19540fe71854ea', 'digest', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', '{"events": ["silent 2026-11-28T07:30:00+00:00"], "period": "daily", "stale": [["1-1000000006", null]]}', '2026-11-28 20:37:38.665676', 'sent', 1, 0, NULL, '2026-11-28 20:37:38.665676', NULL, '250 2.0.0 queued as SIM00014', '2026-11-28 20:37:49.130784', NULL, NULL, '{"subject":"CQC daily digest: no news; 1 service could not be read","sections":[{"role":"title","heading":"CQC daily digest","said":[],"notes":["This covers 18 November 2026 at 8:37pm to 28 November 2026 at 8:37pm.","No news; 1 service could not be read."],"facts":[],"link":null,"links":[]},{"role":"part","heading":"Not read well","said":[],"notes":["We have not been able to read what CQC publishes about these services. That you hear nothing about them does not mean that nothing happened: please look yourself."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006: never read well yet","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because you asked for the daily digest.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('a045b3a2cc1a5d9dbdc210be0fc618ef', 'trouble', 'mailto:oncall@council.example', 'ec78b8d1ecc0f32075efd2cd92dbf632b7d86a67f486315bc3ed295b36d0df01', '{"subject": "a message could not be delivered", "lines": ["To mailto:gone@council.example: 550 No such user (at RCPT TO)", "Given up at attempt 1.", "cqc-monitor outbox list names it; once the cause is put right, cqc-monitor outbox retry sends it again."]}', '2026-11-28 20:37:47.923096', 'sent', 1, 0, NULL, '2026-11-28 20:37:47.923096', NULL, '250 2.0.0 queued as SIM00017', '2026-11-28 20:37:50.849177', NULL, NULL, NULL);
INSERT INTO public.message VALUES ('c3e79245061340ecbe8c55edaf708f35', 'digest', 'mailto:daily@council.example', '8371779183afef49137df4fcb3b04be01a95ce995c014ef8efff34d1d10e0630', '{"events": ["silent 2026-11-28T07:30:00+00:00"], "period": "daily", "stale": [["1-1000000006", null]]}', '2026-11-28 20:37:38.665676', 'sent', 1, 0, NULL, '2026-11-28 20:37:38.665676', NULL, '250 2.0.0 queued as SIM00013', '2026-11-28 20:37:49.102859', NULL, NULL, '{"subject":"CQC daily digest: no news; 1 service could not be read","sections":[{"role":"title","heading":"CQC daily digest","said":[],"notes":["This covers 18 November 2026 at 8:37pm to 28 November 2026 at 8:37pm.","No news; 1 service could not be read."],"facts":[],"link":null,"links":[]},{"role":"part","heading":"Not read well","said":[],"notes":["We have not been able to read what CQC publishes about these services. That you hear nothing about them does not mean that nothing happened: please look yourself."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006: never read well yet","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because you asked for the daily digest.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('d5504cb4acab41148a2a857ac5966284', 'welcome', 'mailto:all@council.example', '4f2bc905e4e39e075bec9e4dc18e078bfe2c6afa873d6fc505282294e879e6dc', '{"events": []}', '2026-11-28 20:37:38.665676', 'sent', 1, 0, NULL, '2026-11-28 20:37:38.665676', NULL, '250 2.0.0 queued as SIM00015', '2026-11-28 20:37:50.142967', NULL, NULL, '{"subject":"Care at home: watching 2 services","sections":[{"role":"title","heading":"Care at home: watching 2 services","said":[],"notes":["You will get a message as soon as we see that a rating fell or was withdrawn, that a service entered or remains in special measures, or that CQC took enforcement action. Other changes come with the next message, or once a day.","None of the 2 services that we have read is rated Inadequate, overall or for a key question, or stated to be in special measures."],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because this address was subscribed to the watchlist Care at home.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('4e7c7940ff5f4152aebc315a0af789ae', 'alert', 'mailto:none@council.example', '4304186f64bb94a19e173eacf36a99938036539b38299134e618b6cda2fc2580', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e"]}', '2026-11-28 20:38:01.245721', 'pending', 1, 0, NULL, '2026-11-28 20:38:01.245721', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('812ce2e5d5aa484aa6fe62dc48797a00', 'alert', 'mailto:all@council.example', '4f2bc905e4e39e075bec9e4dc18e078bfe2c6afa873d6fc505282294e879e6dc', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e", "77118ef83558c65a", "6f8e4058c4ea298a", "edeb4152ba75f0e6"]}', '2026-11-28 20:38:01.245721', 'pending', 1, 0, NULL, '2026-11-28 20:38:01.245721', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('248f0b05d2ac45b08821a4f6c5a6be7a', 'alert', 'mailto:no-reports@council.example', '78a16d946fa7fee05d1d9bec5cd41c36bee72951f1fd3b6d1439611fbe59e9eb', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53"]}', '2026-11-28 20:37:55.240975', 'sent', 1, 0, NULL, '2026-11-28 20:37:55.240975', NULL, '250 2.0.0 queued as SIM00018', '2026-11-28 20:37:57.041819', NULL, NULL, '{"subject":"Hollins View: overall rating fell from Good to Requires improvement","sections":[{"role":"title","heading":"Hollins View","said":[{"text":"Overall rating fell from Good to Requires improvement","urgent":true,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/29acb6e3331afeee"}},{"text":"Rating for Safe fell from Good to Requires improvement","urgent":true,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/f20c1ed2f5da8d53"}}],"notes":[],"facts":[{"label":"Type","value":"Care home"},{"label":"Address","value":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA"},{"label":"Provider","value":"Hartwell Care Limited"},{"label":"Published by CQC","value":"13 October 2026"},{"label":"Seen by us","value":"28 November 2026 at 8:37pm"}],"link":{"text":"CQC''s page about Hollins View","url":"https://www.cqc.example/location/1-1000000003"},"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because Hollins View is on your watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('9350300b3d28473a9ce749176bb28749', 'alert', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53", "3b7cfc4525ad2603"]}', '2026-11-28 20:37:55.240975', 'sent', 1, 0, NULL, '2026-11-28 20:37:55.240975', NULL, '250 2.0.0 queued as SIM00019', '2026-11-28 20:37:57.06307', NULL, NULL, '{"subject":"Hollins View: overall rating fell from Good to Requires improvement","sections":[{"role":"title","heading":"Hollins View","said":[{"text":"Overall rating fell from Good to Requires improvement","urgent":true,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/29acb6e3331afeee"}},{"text":"Rating for Safe fell from Good to Requires improvement","urgent":true,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/f20c1ed2f5da8d53"}},{"text":"New report published","urgent":false,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/3b7cfc4525ad2603"}}],"notes":[],"facts":[{"label":"Type","value":"Care home"},{"label":"Address","value":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA"},{"label":"Provider","value":"Hartwell Care Limited"},{"label":"Published by CQC","value":"13 October 2026"},{"label":"Seen by us","value":"28 November 2026 at 8:37pm"}],"link":{"text":"CQC''s page about Hollins View","url":"https://www.cqc.example/location/1-1000000003"},"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because Hollins View is on your watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('ea416086d2454610b98b0eaaebd84453', 'alert', 'mailto:gone@council.example', '3cd15bae1cefee5628cc3c46963cc0a0affe01543db69fd6a0b62589f71b41f0', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53", "3b7cfc4525ad2603"]}', '2026-11-28 20:37:55.240975', 'dead', 1, 0, NULL, '2026-11-28 20:37:55.240975', NULL, '550 No such user (at RCPT TO)', NULL, NULL, '2026-11-28 20:37:58.230328', NULL);
INSERT INTO public.message VALUES ('93f747ae797e4551b1d47b08f15299e9', 'alert', 'gAAAAABrCzuHLWgCkqYBQqizWW-hyef3PXPwhC3Po3r4kS26R-Iaqsol9mdiuVDvxrHYDtjrdQUWY9PU81KSNyyji5vKWwF54OpfTLFnh0QonfEK8LYuSux8FTb3FZmRpBHrjAB7qhs8Or19OPbzvSzSR985SOJL-Q==', '7718951d8cbbd13f8269587288d0a62604ab80bb7a1d3151795611bf32c26046', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53", "3b7cfc4525ad2603"]}', '2026-11-28 20:37:55.240975', 'pending', 2, 0, NULL, '2026-11-28 20:38:01.245721', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('f9166ecd1bc04b58a96620be7ab96804', 'alert', 'mailto:few@council.example', 'a854adc9eadc7a74e5a360947ffdbbe8072bb32ae06c0ddd5a73fc67bda51dfd', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53"]}', '2026-11-28 20:37:55.240975', 'sent', 1, 0, NULL, '2026-11-28 20:37:55.240975', NULL, '250 2.0.0 queued as SIM00020', '2026-11-28 20:37:58.321277', NULL, NULL, '{"subject":"Hollins View: overall rating fell from Good to Requires improvement","sections":[{"role":"title","heading":"Hollins View","said":[{"text":"Overall rating fell from Good to Requires improvement","urgent":true,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/29acb6e3331afeee"}},{"text":"Rating for Safe fell from Good to Requires improvement","urgent":true,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/f20c1ed2f5da8d53"}}],"notes":[],"facts":[{"label":"Type","value":"Care home"},{"label":"Address","value":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA"},{"label":"Provider","value":"Hartwell Care Limited"},{"label":"Published by CQC","value":"13 October 2026"},{"label":"Seen by us","value":"28 November 2026 at 8:37pm"}],"link":{"text":"CQC''s page about Hollins View","url":"https://www.cqc.example/location/1-1000000003"},"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because Hollins View is on your watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('bd0318c3954342b9b55cd72d51e53cfe', 'alert', 'mailto:few@council.example', 'a854adc9eadc7a74e5a360947ffdbbe8072bb32ae06c0ddd5a73fc67bda51dfd', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e", "77118ef83558c65a", "6f8e4058c4ea298a"]}', '2026-11-28 20:38:01.245721', 'pending', 0, 0, NULL, '2026-11-28 20:38:01.245721', NULL, '404 Not Found', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('922fcb6bc96d538f9b6855ca06e761c1', 'trouble', 'mailto:oncall@council.example', 'ec78b8d1ecc0f32075efd2cd92dbf632b7d86a67f486315bc3ed295b36d0df01', '{"subject": "a message could not be delivered", "lines": ["To mailto:gone@council.example: 550 No such user (at RCPT TO)", "Given up at attempt 1.", "Hollins View (1-1000000003), Care home, 12 Orchard Lane, Netherby, Leicestershire, LE1 1AA", "Overall rating fell from Good to Requires improvement. Published by CQC 13 October 2026, seen by us 28 November 2026 at 8:37pm.", "Rating for Safe fell from Good to Requires improvement. Published by CQC 13 October 2026, seen by us 28 November 2026 at 8:37pm.", "New report published. Published by CQC 13 October 2026, seen by us 28 November 2026 at 8:37pm.", "https://www.cqc.example/location/1-1000000003", "cqc-monitor outbox list names it; once the cause is put right, cqc-monitor outbox retry sends it again."]}', '2026-11-28 20:37:58.230328', 'sent', 1, 0, NULL, '2026-11-28 20:37:58.230328', NULL, '250 2.0.0 queued as SIM00021', '2026-11-28 20:37:59.209754', NULL, NULL, NULL);
INSERT INTO public.message VALUES ('02d35828c79b436c98367c57c8b856e0', 'still watching', 'gAAAAABrCzuHLWgCkqYBQqizWW-hyef3PXPwhC3Po3r4kS26R-Iaqsol9mdiuVDvxrHYDtjrdQUWY9PU81KSNyyji5vKWwF54OpfTLFnh0QonfEK8LYuSux8FTb3FZmRpBHrjAB7qhs8Or19OPbzvSzSR985SOJL-Q==', '7718951d8cbbd13f8269587288d0a62604ab80bb7a1d3151795611bf32c26046', '{"events": [], "period": "weekly", "total": 6, "all_since": "2026-11-28T20:37:37.503357+00:00", "stale": [["1-1000000006", null]]}', '2026-11-28 20:37:38.665676', 'pending', 2, 0, NULL, '2026-11-28 20:38:01.245721', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('468d07513d39408497c4550ae7392f3e', 'digest', 'gAAAAABrCzuHQhviX9b5FGN9pjrwf4_RPB-HpAxCa2jJf_f6KFrKs330mLU94YYJ5bLwG9Qb_ZukjKcPk7d-JyzcIfJLlc-1JogbrQTBs8aqCirPyeJsWjzIjrDm6zZ-3AM392swKWFL', '918bedb9c6077481ade2eaeb331eda4da2bddcca2fce1cd2950e26595898e8bf', '{"events": ["silent 2026-11-25T07:30:00+00:00"], "period": "weekly", "stale": [["1-1000000006", null]]}', '2026-11-28 20:37:38.665676', 'pending', 1, 0, NULL, '2026-11-28 20:38:01.245721', NULL, '404 Not Found', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('3f13c50052d3433eac2081a3ad14631c', 'alert', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e", "77118ef83558c65a", "6f8e4058c4ea298a", "edeb4152ba75f0e6"]}', '2026-11-28 20:38:01.245721', 'pending', 1, 0, NULL, '2026-11-28 20:38:01.245721', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('42ea0587704945499813f96b2baaa6f2', 'alert', 'mailto:no-reports@council.example', '78a16d946fa7fee05d1d9bec5cd41c36bee72951f1fd3b6d1439611fbe59e9eb', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e", "77118ef83558c65a", "6f8e4058c4ea298a"]}', '2026-11-28 20:38:01.245721', 'pending', 1, 0, NULL, '2026-11-28 20:38:01.245721', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('5a58d5b2cf7b4771a632830ce38bc5ca', 'alert', 'mailto:scores@council.example', '715555080b1481056eab9d9a4b060dc7107276da36b10145b3da8c1e9e8b61e9', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e"]}', '2026-11-28 20:38:01.245721', 'pending', 1, 0, NULL, '2026-11-28 20:38:01.245721', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('730383c4168e4f2fa53fa8b935118cb4', 'alert', 'mailto:gone@council.example', '3cd15bae1cefee5628cc3c46963cc0a0affe01543db69fd6a0b62589f71b41f0', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e", "77118ef83558c65a", "6f8e4058c4ea298a", "edeb4152ba75f0e6"]}', '2026-11-28 20:38:01.245721', 'pending', 1, 0, NULL, '2026-11-28 20:38:01.245721', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('82d02bb3309d451fa051b9538c319892', 'alert', 'gAAAAABrCzuHLWgCkqYBQqizWW-hyef3PXPwhC3Po3r4kS26R-Iaqsol9mdiuVDvxrHYDtjrdQUWY9PU81KSNyyji5vKWwF54OpfTLFnh0QonfEK8LYuSux8FTb3FZmRpBHrjAB7qhs8Or19OPbzvSzSR985SOJL-Q==', '7718951d8cbbd13f8269587288d0a62604ab80bb7a1d3151795611bf32c26046', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e", "77118ef83558c65a", "6f8e4058c4ea298a", "edeb4152ba75f0e6"]}', '2026-11-28 20:38:01.245721', 'pending', 1, 0, NULL, '2026-11-28 20:38:01.245721', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.notice VALUES (5, 'welcome', 11, '2026-11-18 20:37:20', false, NULL);
INSERT INTO public.notice VALUES (1, 'welcome', 1, '2026-11-18 20:37:20', false, '812bcba2f07c45aa929e013b44db6f6b');
INSERT INTO public.notice VALUES (2, 'welcome', 5, '2026-11-18 20:37:20', false, 'fec3eebefec744bf89eb27a7d338b7f2');
INSERT INTO public.notice VALUES (3, 'welcome', 9, '2026-11-18 20:37:20', false, '51faa0ed942443bc8891588fac6ef371');
INSERT INTO public.notice VALUES (4, 'welcome', 10, '2026-11-18 20:37:20', false, '0f7ace77fef94f26992045e78e62c127');
INSERT INTO public.notice VALUES (6, 'welcome', 12, '2026-11-18 20:37:20', false, 'd5504cb4acab41148a2a857ac5966284');
INSERT INTO public.notice VALUES (7, 'welcome', 13, '2026-11-18 20:37:20', false, 'd946fad865d24d2ba21468065fe2e90a');
INSERT INTO public.notice VALUES (8, 'welcome', 14, '2026-11-18 20:37:20', false, 'b99bbc5d6e8c462baccaf4cdcb5e7e9d');
INSERT INTO public.notice VALUES (17, 'still watching 2026-11-25T07:30:00+00:00', 4, '2026-11-25 07:30:00', false, '8b2878032b324fd99408657ca7cbfdf7');
INSERT INTO public.notice VALUES (18, 'still watching 2026-11-25T07:30:00+00:00', 5, '2026-11-25 07:30:00', false, '02d35828c79b436c98367c57c8b856e0');
INSERT INTO public.notice VALUES (19, 'still watching 2026-11-23T08:00:00+00:00', 12, '2026-11-23 08:00:00', false, '9a2b0e5bce064de2bd6096303328ce66');
INSERT INTO public.notice VALUES (9, 'silent 2026-11-28T07:30:00+00:00', 1, '2026-11-28 07:30:00', false, 'c7d6897f80d54e4b8a19540fe71854ea');
INSERT INTO public.notice VALUES (10, 'silent 2026-11-28T07:30:00+00:00', 2, '2026-11-28 07:30:00', false, 'a0f15dd946c54957ab03ff909d99b168');
INSERT INTO public.notice VALUES (11, 'silent 2026-11-28T07:30:00+00:00', 3, '2026-11-28 07:30:00', false, 'c3e79245061340ecbe8c55edaf708f35');
INSERT INTO public.notice VALUES (12, 'silent 2026-11-25T07:30:00+00:00', 4, '2026-11-25 07:30:00', false, '9ed1a1921bf44c94b4c45a00b590d1ed');
INSERT INTO public.notice VALUES (13, 'silent 2026-11-28T07:30:00+00:00', 5, '2026-11-28 07:30:00', false, '6dfa3b9307b249fb8b5b6f2bee5cf95e');
INSERT INTO public.notice VALUES (14, 'silent 2026-11-25T07:30:00+00:00', 7, '2026-11-25 07:30:00', false, '468d07513d39408497c4550ae7392f3e');
INSERT INTO public.notice VALUES (15, 'silent 2026-11-28T08:00:00+00:00', 9, '2026-11-28 08:00:00', false, '7c0bb85abfc6477088f0fc2a466c8c5f');
INSERT INTO public.notice VALUES (16, 'silent 2026-11-28T08:00:00+00:00', 10, '2026-11-28 08:00:00', false, '7ebae179a1774e35ba1e9534f7f5cef0');
INSERT INTO public.notice VALUES (22, '29acb6e3331afeee', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (23, '29acb6e3331afeee', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (25, '29acb6e3331afeee', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (30, 'f20c1ed2f5da8d53', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (31, 'f20c1ed2f5da8d53', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (33, 'f20c1ed2f5da8d53', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (38, '3b7cfc4525ad2603', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (39, '3b7cfc4525ad2603', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (41, '3b7cfc4525ad2603', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (20, '29acb6e3331afeee', 1, '2026-11-28 20:37:54.321527', true, '9350300b3d28473a9ce749176bb28749');
INSERT INTO public.notice VALUES (28, 'f20c1ed2f5da8d53', 1, '2026-11-28 20:37:54.321527', true, '9350300b3d28473a9ce749176bb28749');
INSERT INTO public.notice VALUES (36, '3b7cfc4525ad2603', 1, '2026-11-29 07:30:00', false, '9350300b3d28473a9ce749176bb28749');
INSERT INTO public.notice VALUES (21, '29acb6e3331afeee', 2, '2026-11-28 20:37:54.321527', true, 'ea416086d2454610b98b0eaaebd84453');
INSERT INTO public.notice VALUES (29, 'f20c1ed2f5da8d53', 2, '2026-11-28 20:37:54.321527', true, 'ea416086d2454610b98b0eaaebd84453');
INSERT INTO public.notice VALUES (37, '3b7cfc4525ad2603', 2, '2026-11-29 07:30:00', false, 'ea416086d2454610b98b0eaaebd84453');
INSERT INTO public.notice VALUES (24, '29acb6e3331afeee', 5, '2026-11-28 20:37:54.321527', true, '93f747ae797e4551b1d47b08f15299e9');
INSERT INTO public.notice VALUES (32, 'f20c1ed2f5da8d53', 5, '2026-11-28 20:37:54.321527', true, '93f747ae797e4551b1d47b08f15299e9');
INSERT INTO public.notice VALUES (40, '3b7cfc4525ad2603', 5, '2026-11-29 07:30:00', false, '93f747ae797e4551b1d47b08f15299e9');
INSERT INTO public.notice VALUES (26, '29acb6e3331afeee', 9, '2026-11-28 20:37:54.321527', true, '248f0b05d2ac45b08821a4f6c5a6be7a');
INSERT INTO public.notice VALUES (34, 'f20c1ed2f5da8d53', 9, '2026-11-28 20:37:54.321527', true, '248f0b05d2ac45b08821a4f6c5a6be7a');
INSERT INTO public.notice VALUES (27, '29acb6e3331afeee', 10, '2026-11-28 20:37:54.321527', true, 'f9166ecd1bc04b58a96620be7ab96804');
INSERT INTO public.notice VALUES (35, 'f20c1ed2f5da8d53', 10, '2026-11-28 20:37:54.321527', true, 'f9166ecd1bc04b58a96620be7ab96804');
INSERT INTO public.notice VALUES (44, '529c5bdc075fddcc', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (45, '529c5bdc075fddcc', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (47, '529c5bdc075fddcc', 6, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (48, '529c5bdc075fddcc', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (49, '529c5bdc075fddcc', 8, '2026-11-29 09:00:00', false, NULL);
INSERT INTO public.notice VALUES (52, '529c5bdc075fddcc', 11, '2026-12-28 20:37:20', false, NULL);
INSERT INTO public.notice VALUES (58, '16a75f3bf080762e', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (59, '16a75f3bf080762e', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (61, '16a75f3bf080762e', 6, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (42, '529c5bdc075fddcc', 1, '2026-11-28 20:38:00.845304', true, '3f13c50052d3433eac2081a3ad14631c');
INSERT INTO public.notice VALUES (56, '16a75f3bf080762e', 1, '2026-11-28 20:38:00.845304', true, '3f13c50052d3433eac2081a3ad14631c');
INSERT INTO public.notice VALUES (43, '529c5bdc075fddcc', 2, '2026-11-28 20:38:00.845304', true, '730383c4168e4f2fa53fa8b935118cb4');
INSERT INTO public.notice VALUES (57, '16a75f3bf080762e', 2, '2026-11-28 20:38:00.845304', true, '730383c4168e4f2fa53fa8b935118cb4');
INSERT INTO public.notice VALUES (46, '529c5bdc075fddcc', 5, '2026-11-28 20:38:00.845304', true, '82d02bb3309d451fa051b9538c319892');
INSERT INTO public.notice VALUES (60, '16a75f3bf080762e', 5, '2026-11-28 20:38:00.845304', true, '82d02bb3309d451fa051b9538c319892');
INSERT INTO public.notice VALUES (50, '529c5bdc075fddcc', 9, '2026-11-28 20:38:00.845304', true, '42ea0587704945499813f96b2baaa6f2');
INSERT INTO public.notice VALUES (51, '529c5bdc075fddcc', 10, '2026-11-28 20:38:00.845304', true, 'bd0318c3954342b9b55cd72d51e53cfe');
INSERT INTO public.notice VALUES (53, '529c5bdc075fddcc', 12, '2026-11-28 20:38:00.845304', true, '812ce2e5d5aa484aa6fe62dc48797a00');
INSERT INTO public.notice VALUES (54, '529c5bdc075fddcc', 13, '2026-11-28 20:38:00.845304', true, '5a58d5b2cf7b4771a632830ce38bc5ca');
INSERT INTO public.notice VALUES (55, '529c5bdc075fddcc', 14, '2026-11-28 20:38:00.845304', true, '4e7c7940ff5f4152aebc315a0af789ae');
INSERT INTO public.notice VALUES (62, '16a75f3bf080762e', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (63, '16a75f3bf080762e', 8, '2026-11-29 09:00:00', false, NULL);
INSERT INTO public.notice VALUES (66, '16a75f3bf080762e', 11, '2026-12-28 20:37:20', false, NULL);
INSERT INTO public.notice VALUES (72, '77118ef83558c65a', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (73, '77118ef83558c65a', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (75, '77118ef83558c65a', 6, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (76, '77118ef83558c65a', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (77, '77118ef83558c65a', 8, '2026-11-29 09:00:00', false, NULL);
INSERT INTO public.notice VALUES (80, '77118ef83558c65a', 11, '2026-12-28 20:37:20', false, NULL);
INSERT INTO public.notice VALUES (84, '6f8e4058c4ea298a', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (85, '6f8e4058c4ea298a', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (87, '6f8e4058c4ea298a', 6, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (88, '6f8e4058c4ea298a', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (89, '6f8e4058c4ea298a', 8, '2026-11-29 09:00:00', false, NULL);
INSERT INTO public.notice VALUES (92, '6f8e4058c4ea298a', 11, '2026-12-28 20:37:20', false, NULL);
INSERT INTO public.notice VALUES (96, 'edeb4152ba75f0e6', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (97, 'edeb4152ba75f0e6', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (99, 'edeb4152ba75f0e6', 6, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (100, 'edeb4152ba75f0e6', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (101, 'edeb4152ba75f0e6', 8, '2026-11-29 09:00:00', false, NULL);
INSERT INTO public.notice VALUES (102, 'edeb4152ba75f0e6', 11, '2026-12-28 20:37:20', false, NULL);
INSERT INTO public.notice VALUES (70, '77118ef83558c65a', 1, '2026-11-28 20:38:00.845304', true, '3f13c50052d3433eac2081a3ad14631c');
INSERT INTO public.notice VALUES (82, '6f8e4058c4ea298a', 1, '2026-11-28 20:38:00.845304', true, '3f13c50052d3433eac2081a3ad14631c');
INSERT INTO public.notice VALUES (94, 'edeb4152ba75f0e6', 1, '2026-11-29 07:30:00', false, '3f13c50052d3433eac2081a3ad14631c');
INSERT INTO public.notice VALUES (71, '77118ef83558c65a', 2, '2026-11-28 20:38:00.845304', true, '730383c4168e4f2fa53fa8b935118cb4');
INSERT INTO public.notice VALUES (83, '6f8e4058c4ea298a', 2, '2026-11-28 20:38:00.845304', true, '730383c4168e4f2fa53fa8b935118cb4');
INSERT INTO public.notice VALUES (95, 'edeb4152ba75f0e6', 2, '2026-11-29 07:30:00', false, '730383c4168e4f2fa53fa8b935118cb4');
INSERT INTO public.notice VALUES (74, '77118ef83558c65a', 5, '2026-11-28 20:38:00.845304', true, '82d02bb3309d451fa051b9538c319892');
INSERT INTO public.notice VALUES (86, '6f8e4058c4ea298a', 5, '2026-11-28 20:38:00.845304', true, '82d02bb3309d451fa051b9538c319892');
INSERT INTO public.notice VALUES (98, 'edeb4152ba75f0e6', 5, '2026-11-29 07:30:00', false, '82d02bb3309d451fa051b9538c319892');
INSERT INTO public.notice VALUES (64, '16a75f3bf080762e', 9, '2026-11-28 20:38:00.845304', true, '42ea0587704945499813f96b2baaa6f2');
INSERT INTO public.notice VALUES (78, '77118ef83558c65a', 9, '2026-11-28 20:38:00.845304', true, '42ea0587704945499813f96b2baaa6f2');
INSERT INTO public.notice VALUES (90, '6f8e4058c4ea298a', 9, '2026-11-28 20:38:00.845304', true, '42ea0587704945499813f96b2baaa6f2');
INSERT INTO public.notice VALUES (65, '16a75f3bf080762e', 10, '2026-11-28 20:38:00.845304', true, 'bd0318c3954342b9b55cd72d51e53cfe');
INSERT INTO public.notice VALUES (79, '77118ef83558c65a', 10, '2026-11-28 20:38:00.845304', true, 'bd0318c3954342b9b55cd72d51e53cfe');
INSERT INTO public.notice VALUES (91, '6f8e4058c4ea298a', 10, '2026-11-28 20:38:00.845304', true, 'bd0318c3954342b9b55cd72d51e53cfe');
INSERT INTO public.notice VALUES (67, '16a75f3bf080762e', 12, '2026-11-28 20:38:00.845304', true, '812ce2e5d5aa484aa6fe62dc48797a00');
INSERT INTO public.notice VALUES (81, '77118ef83558c65a', 12, '2026-11-28 20:38:00.845304', true, '812ce2e5d5aa484aa6fe62dc48797a00');
INSERT INTO public.notice VALUES (93, '6f8e4058c4ea298a', 12, '2026-11-28 20:38:00.845304', true, '812ce2e5d5aa484aa6fe62dc48797a00');
INSERT INTO public.notice VALUES (103, 'edeb4152ba75f0e6', 12, '2026-11-29 08:00:00', false, '812ce2e5d5aa484aa6fe62dc48797a00');
INSERT INTO public.notice VALUES (68, '16a75f3bf080762e', 13, '2026-11-28 20:38:00.845304', true, '5a58d5b2cf7b4771a632830ce38bc5ca');
INSERT INTO public.notice VALUES (69, '16a75f3bf080762e', 14, '2026-11-28 20:38:00.845304', true, '4e7c7940ff5f4152aebc315a0af789ae');
INSERT INTO public.notice VALUES (104, '29effac3905567d4', 1, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (105, '29effac3905567d4', 2, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (106, '29effac3905567d4', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (107, '29effac3905567d4', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (108, '29effac3905567d4', 5, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (109, '29effac3905567d4', 6, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (110, '29effac3905567d4', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (111, '29effac3905567d4', 8, '2026-11-29 09:00:00', false, NULL);
INSERT INTO public.notice VALUES (112, '29effac3905567d4', 9, '2026-11-29 08:00:00', false, NULL);
INSERT INTO public.notice VALUES (113, '29effac3905567d4', 11, '2026-12-28 20:37:20', false, NULL);
INSERT INTO public.notice VALUES (114, '29effac3905567d4', 12, '2026-11-29 08:00:00', false, NULL);
INSERT INTO public.notice VALUES (115, '29effac3905567d4', 13, '2026-11-29 08:00:00', false, NULL);
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
INSERT INTO public.notice VALUES (127, 'still watching 2026-12-02T07:30:00+00:00', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (128, 'still watching 2026-12-02T07:30:00+00:00', 5, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (129, 'still watching 2026-11-30T08:00:00+00:00', 12, '2026-11-30 08:00:00', false, NULL);
INSERT INTO public.overview VALUES ('1-1000000002', 'Larch Grove', 'larch grove', 'larch grove
12 orchard lane, netherby, leicestershire, le1 1aa
hartwell care limited
1-1000000002
le11aa', 'Care home', 'Netherby, Leicestershire', 'LE1 1AA', 'Hartwell Care Limited', 'inadequate', 'inadequate', 'inadequate', 'inadequate', 'inadequate', 'inadequate', 1, 'remains', false, NULL, NULL);
INSERT INTO public.overview VALUES ('1-1000000003', 'Hollins View', 'hollins view', 'hollins view
12 orchard lane, netherby, leicestershire, le1 1aa
hartwell care limited
1-1000000003
le11aa', 'Care home', 'Netherby, Leicestershire', 'LE1 1AA', 'Hartwell Care Limited', 'requires improvement', 'requires improvement', 'good', 'good', 'good', 'good', 1, NULL, false, '2026-11-28 20:37:54.321527', 'downgraded');
INSERT INTO public.overview VALUES ('1-1000000004', 'Brookside ‘Homecare’', 'brookside ‘homecare', 'brookside ‘homecare
12 orchard lane, netherby, leicestershire, le1 1aa
hartwell care limited
1-1000000004
le11aa', 'Care home', 'Netherby, Leicestershire', 'LE1 1AA', 'Hartwell Care Limited', 'inadequate', 'inadequate', 'good', 'good', 'good', 'inadequate', 1, 'entered', false, '2026-11-28 20:38:00.845304', 'downgraded');
INSERT INTO public.overview VALUES ('1-1000000005', 'Netherby Care at Home', 'netherby care at home', 'netherby care at home
12 orchard lane, netherby, leicestershire, le1 1aa
hartwell care limited
1-1000000005
le11aa', 'Homecare agencies', 'Netherby, Leicestershire', 'LE1 1AA', 'Hartwell Care Limited', 'good', 'good', 'good', 'good', 'good', 'good', 1, NULL, false, '2026-11-28 20:38:03.853252', 'score fell');
INSERT INTO public.overview VALUES ('1-1000000001', 'Orchard House', 'orchard house', 'orchard house
12 orchard lane, netherby, leicestershire, le1 1aa
hartwell care limited
1-1000000001
le11aa', 'Care home', 'Netherby, Leicestershire', 'LE1 1AA', 'Hartwell Care Limited', 'outstanding', 'outstanding', 'outstanding', 'outstanding', 'outstanding', 'outstanding', 1, NULL, false, NULL, NULL);
INSERT INTO public.page VALUES ('1-1000000002', 'https://www.cqc.example/location/1-1000000002', 0, NULL, NULL, 'd397632cdc9708fbf3315f20302c11e2', '22d66473566adbc95df887c6a45f13c31c6732b4802d24ced17014925c65da0f', '{"source":"location page","location_id":"1-1000000002","name":"Larch Grove","provider_name":"Hartwell Care Limited","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","registration":"registered","notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"inadequate","overall_published":"2023-04-18","key_questions":{"safe":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Inadequate"},"effective":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Inadequate"},"caring":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Inadequate"},"responsive":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Inadequate"},"well-led":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Inadequate"}},"overall_quote":"Overall: Inadequate read more about inspection ratings"}],"special_measures":{"state":"remains","quote":"This service remains in special measures."},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2023-03-02","links":[{"kind":"summary page","url":"/location/1-1000000002/inspection-summary","text":"Safe"},{"kind":"reports page","url":"/location/1-1000000002/reports","text":"See all reports"}],"unread":[]}', '2026-11-28 20:37:37.402127');
INSERT INTO public.page VALUES ('1-1000000002', '/location/1-1000000002/inspection-summary', 1, NULL, NULL, '675764daa2827a7d671512c204fc03a2', '4167d3b0e201ef65e2df045947f922e3bed93a0e9df545b5ff9149e4e36eaffb', '{"source":"summary page","location_id":null,"name":"Larch Grove","provider_name":null,"service_type":null,"address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"inadequate","overall_published":"2023-04-18","key_questions":{"safe":{"rating":"inadequate","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Safe Inadequate"},"effective":{"rating":"inadequate","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Effective Inadequate"},"caring":{"rating":"inadequate","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Caring Inadequate"},"responsive":{"rating":"inadequate","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Responsive Inadequate"},"well-led":{"rating":"inadequate","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Well-led Inadequate"}},"overall_quote":"Overall summary & rating Inadequate"}],"special_measures":{"state":"remains","quote":"This service remains in special measures."},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2023-04-18","links":[],"unread":[]}', '2026-11-28 20:37:37.496646');
INSERT INTO public.page VALUES ('1-1000000003', 'https://www.cqc.example/location/1-1000000003', 0, NULL, NULL, '52af13fd986223f3b2b6ee932c630ac5', '830a6f2ef60ef681f09d831597267ff9c430fe4aa591699486bb49a15e37f19f', '{"source":"location page","location_id":"1-1000000003","name":"Hollins View","provider_name":"Hartwell Care Limited","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","registration":"registered","notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"requires improvement","overall_published":"2026-10-13","key_questions":{"safe":{"rating":"requires improvement","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Requires improvement"},"effective":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Good"},"well-led":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Good"}},"overall_quote":"Overall: Requires improvement read more about inspection ratings"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2026-09-01","links":[{"kind":"summary page","url":"/location/1-1000000003/inspection-summary","text":"Safe"},{"kind":"reports page","url":"/location/1-1000000003/reports","text":"See all reports"}],"unread":[]}', '2026-11-28 20:37:54.231854');
INSERT INTO public.page VALUES ('1-1000000003', '/location/1-1000000003/inspection-summary', 1, NULL, NULL, 'b64c7024cb6d210f273915732214a5cc', 'd0ce5a3f6d9ca47609ba1958d15aca2ffe12bc18dfca8e25081f4a7c50ab62d3', '{"source":"summary page","location_id":null,"name":"Hollins View","provider_name":null,"service_type":null,"address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"requires improvement","overall_published":"2026-10-13","key_questions":{"safe":{"rating":"requires improvement","score":null,"assessed":true,"published":"2026-10-13","statements":[],"quote":"Safe Requires improvement"},"effective":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Responsive Good"},"well-led":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Well-led Good"}},"overall_quote":"Overall summary & rating Requires improvement"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2026-10-13","links":[],"unread":[]}', '2026-11-28 20:37:54.302467');
INSERT INTO public.page VALUES ('1-1000000004', 'https://www.cqc.example/location/1-1000000004', 0, NULL, NULL, 'ef54e90a60a8c531398562fcaa216ed3', 'cf63e2b81278a7f9ceaa2dc63c42f0e6f94b9b621d9a3c38d271c4b883f28f4b', '{"source":"location page","location_id":"1-1000000004","name":"Brookside ‘Homecare’","provider_name":"Hartwell Care Limited","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","registration":"registered","notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"inadequate","overall_published":"2026-10-20","key_questions":{"safe":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Inadequate"},"effective":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Good"},"well-led":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Inadequate"}},"overall_quote":"Overall: Inadequate read more about inspection ratings"}],"special_measures":{"state":"entered","quote":"This service is being placed in special measures."},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2026-09-08","links":[{"kind":"summary page","url":"/location/1-1000000004/inspection-summary","text":"Safe"},{"kind":"reports page","url":"/location/1-1000000004/reports","text":"See all reports"}],"unread":[]}', '2026-11-28 20:38:00.757177');
INSERT INTO public.page VALUES ('1-1000000004', '/location/1-1000000004/inspection-summary', 1, NULL, NULL, 'c042bb308f158e2d7cfb41e43f39de02', '2750f90ed2d86dfdab404b788969dd9edf0772629b1874b026c8d9a5da990b10', '{"source":"summary page","location_id":null,"name":"Brookside ‘Homecare’","provider_name":null,"service_type":null,"address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"inadequate","overall_published":"2026-10-20","key_questions":{"safe":{"rating":"inadequate","score":null,"assessed":true,"published":"2026-10-20","statements":[],"quote":"Safe Inadequate"},"effective":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Responsive Good"},"well-led":{"rating":"inadequate","score":null,"assessed":true,"published":"2026-10-20","statements":[],"quote":"Well-led Inadequate"}},"overall_quote":"Overall summary & rating Inadequate"}],"special_measures":{"state":"entered","quote":"This service is being placed in special measures."},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2026-10-20","links":[],"unread":[]}', '2026-11-28 20:38:00.830501');
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/inspection-summary', 6, NULL, NULL, '6342083afdb25aecccc01f9cab64ef05', 'e2974d271997ec8a12176b4752056f0c2d2d5b652673db81ba0efeb55e62396d', '{"source":"summary page","location_id":null,"name":"Netherby Care at Home","provider_name":null,"service_type":null,"address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":"good","overall_published":null,"key_questions":{"safe":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Good"},"effective":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Good"},"well-led":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Good"}},"overall_quote":"Overall summary & rating Good"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":null,"links":[],"unread":[]}', '2026-11-28 20:38:03.750425');
INSERT INTO public.page VALUES ('1-1000000005', 'https://www.cqc.example/location/1-1000000005', 0, NULL, NULL, '2803729f73e1f8a90fd471a225f3dd71', '6663a2ee438f55b0a000a229f35f80c26aeb25e8825b5041003e2706db027182', '{"source":"location page","location_id":"1-1000000005","name":"Netherby Care at Home","provider_name":"Hartwell Care Limited","service_type":"Homecare agencies","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","registration":"registered","notices":[],"ratings":[{"group":null,"framework":"assessment","overall":"good","overall_published":"2025-04-02","key_questions":{"safe":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Good"},"effective":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Good"},"well-led":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Good"}},"overall_quote":"Overall: Good read more about inspection ratings"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"AP2001","links":[{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/safe","text":"Safe"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/effective","text":"Effective"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/caring","text":"Caring"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/responsive","text":"Responsive"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/well-led","text":"Well-led"},{"kind":"summary page","url":"/location/1-1000000005/inspection-summary","text":"Read overall summary"},{"kind":"reports page","url":"/location/1-1000000005/reports","text":"See all reports"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/overall","text":"Read the report"}],"unread":[]}', '2026-11-28 20:38:03.366154');
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/reports/AP2001/safe', 1, NULL, NULL, '28f80c46e351744f6394ef3419e68645', '780423b954dec4701c9fd7d137a80dceb5942d773e5fe58ae82a10da6c2bb31c', '{"source":"assessment page","location_id":null,"name":"Netherby Care at Home","provider_name":null,"service_type":"Homecare agencies","address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":null,"overall_published":null,"key_questions":{"safe":{"rating":"good","score":66,"assessed":true,"published":null,"statements":[{"name":"Learning culture","score":3,"assessed":true},{"name":"Safeguarding","score":3,"assessed":true},{"name":"Involving people to manage risks","score":3,"assessed":true},{"name":"Safe and effective staffing","score":3,"assessed":true}],"quote":"Safe Good"}},"overall_quote":null}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2025-02-28","links":[],"unread":[]}', '2026-11-28 20:38:03.518125');
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/reports/AP2001/effective', 2, NULL, NULL, 'e035b06f5ff683bcd3b572a24d51cbc7', 'f3f29f9b936b57bc493aa8b8d44ea35db0a5e07953d8dbd46af29b8a76a43e4b', '{"source":"assessment page","location_id":null,"name":"Netherby Care at Home","provider_name":null,"service_type":"Homecare agencies","address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":null,"overall_published":null,"key_questions":{"effective":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Good"}},"overall_quote":null}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2025-02-28","links":[],"unread":[]}', '2026-11-28 20:38:03.582233');
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/reports/AP2001/caring', 3, NULL, NULL, '4d9dc655bd91a58d5cbf21eec8154b4d', 'fae59afb9da764add9fa84b3880c0b04850327c87bdea49459d78df1eadda00e', '{"source":"assessment page","location_id":null,"name":"Netherby Care at Home","provider_name":null,"service_type":"Homecare agencies","address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":null,"overall_published":null,"key_questions":{"caring":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Good"}},"overall_quote":null}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2025-02-28","links":[],"unread":[]}', '2026-11-28 20:38:03.61429');
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/reports/AP2001/responsive', 4, NULL, NULL, '907984c5d3f00d14eaeb877a1374de7f', 'b13bd4a3c79aa12f8148d5727a9e87ae080146f0ca2fc7cd4e03066eac42a6c1', '{"source":"assessment page","location_id":null,"name":"Netherby Care at Home","provider_name":null,"service_type":"Homecare agencies","address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":null,"overall_published":null,"key_questions":{"responsive":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Good"}},"overall_quote":null}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2025-02-28","links":[],"unread":[]}', '2026-11-28 20:38:03.66725');
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/reports/AP2001/well-led', 5, NULL, NULL, '99afcab34ff80fa93479758bed8ea98a', 'eb069578181d1158dc6090c41247ea70c21209af3b08ec357144a682a87fb05b', '{"source":"assessment page","location_id":null,"name":"Netherby Care at Home","provider_name":null,"service_type":"Homecare agencies","address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":null,"overall_published":null,"key_questions":{"well-led":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Good"}},"overall_quote":null}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2025-02-28","links":[],"unread":[]}', '2026-11-28 20:38:03.707986');
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/reports/AP2001/overall', 7, NULL, NULL, '39fce4683ff4f94460fd77dd650e52a6', '51fb18b2c1d7aec0f218c112454587057406284e2c4cf14fc0b5b8b6491c10a9', '{"source":"assessment page","location_id":"1-1000000005","name":"Netherby Care at Home","provider_name":null,"service_type":"Homecare agencies","address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":"good","overall_published":null,"key_questions":{"safe":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Good"},"effective":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Good"},"well-led":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Good"}},"overall_quote":"Overall Good"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"AP2001","links":[{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/safe","text":"Safe"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/effective","text":"Effective"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/caring","text":"Caring"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/responsive","text":"Responsive"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/well-led","text":"Well-led"}],"unread":[]}', '2026-11-28 20:38:03.830161');
INSERT INTO public.page VALUES ('1-1000000001', 'https://www.cqc.example/location/1-1000000001', 0, NULL, NULL, '12cb936059285ea9f500df0c5576dfa2', '0ce6f094b54c18015d0ad8f4ece441210da6919e7b5cf2b658d5ed2835933f35', '{"source":"location page","location_id":"1-1000000001","name":"Orchard House","provider_name":"Hartwell Care Limited","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","registration":"registered","notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"good","overall_published":"2026-10-27","key_questions":{"safe":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Good"},"effective":{"rating":"outstanding","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Outstanding"},"caring":{"rating":"outstanding","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Outstanding"},"responsive":{"rating":"outstanding","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Outstanding"},"well-led":{"rating":"outstanding","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Outstanding"}},"overall_quote":"Overall: Good read more about inspection ratings"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2026-09-15","links":[{"kind":"summary page","url":"/location/1-1000000001/inspection-summary","text":"Safe"},{"kind":"reports page","url":"/location/1-1000000001/reports","text":"See all reports"}],"unread":[]}', '2026-11-28 20:38:07.009187');
INSERT INTO public.page VALUES ('1-1000000001', '/location/1-1000000001/inspection-summary', 1, NULL, NULL, 'fb42b658363145bdcf247f0d00770151', '5295fd677156a52711e44eab6694584e7d2560023160b3caf50e628b7d71fabd', '{"source":"summary page","location_id":null,"name":"Orchard House","provider_name":null,"service_type":null,"address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"good","overall_published":"2026-10-27","key_questions":{"safe":{"rating":"good","score":null,"assessed":true,"published":"2026-10-27","statements":[],"quote":"Safe Good"},"effective":{"rating":"outstanding","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Effective Outstanding"},"caring":{"rating":"outstanding","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Caring Outstanding"},"responsive":{"rating":"outstanding","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Responsive Outstanding"},"well-led":{"rating":"outstanding","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Well-led Outstanding"}},"overall_quote":"Overall summary & rating Good"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2026-10-27","links":[],"unread":[]}', '2026-11-28 20:38:07.123232');
INSERT INTO public.person VALUES (1, 'operator@council.example', 'operator', NULL, '2026-11-18 20:37:20', NULL);
INSERT INTO public.person VALUES (2, 'editor@council.example', 'editor', 1, '2026-11-18 20:37:20', NULL);
INSERT INTO public.person VALUES (3, 'left@council.example', 'reader', 1, '2026-11-18 20:37:20', '2026-11-18 20:37:20');
INSERT INTO public.person VALUES (4, 'no-reports@council.example', 'reader', 1, '2026-11-18 20:37:20', NULL);
INSERT INTO public.person VALUES (5, 'few@council.example', 'reader', 1, '2026-11-18 20:37:20', NULL);
INSERT INTO public.person VALUES (6, 'paused@council.example', 'reader', 1, '2026-11-18 20:37:20', NULL);
INSERT INTO public.person VALUES (7, 'all@council.example', 'reader', 1, '2026-11-18 20:37:20', NULL);
INSERT INTO public.person VALUES (8, 'scores@council.example', 'reader', 1, '2026-11-18 20:37:20', NULL);
INSERT INTO public.person VALUES (9, 'none@council.example', 'reader', 1, '2026-11-18 20:37:20', NULL);
INSERT INTO public.service VALUES ('1-1000000002', 1, '[]', '2026-11-18 20:37:20', '2026-11-29 02:49:15.083316', '2026-11-28 20:37:37.503357', '2026-11-28 20:37:37.503357', '2026-11-28 20:37:37.503357', true, true, 0, NULL, NULL, NULL, NULL);
INSERT INTO public.service VALUES ('1-1000000006', 0, '[]', '2026-11-18 20:37:20', '2026-11-28 20:39:37.90274', '2026-11-28 20:37:37.90274', NULL, NULL, true, false, 1, 'CQC''s answer was empty', NULL, 'page', '2026-11-28 20:37:37.90274');
INSERT INTO public.service VALUES ('1-1000000003', 3, '[]', '2026-11-18 20:37:20', '2026-11-29 04:49:55.119126', '2026-11-28 20:37:54.321527', '2026-11-28 20:37:54.321527', '2026-11-28 20:37:54.321527', true, false, 0, NULL, NULL, NULL, NULL);
INSERT INTO public.service VALUES ('1-1000000004', 3, '[]', '2026-11-18 20:37:20', '2026-11-29 02:46:17.184326', '2026-11-28 20:38:00.845304', '2026-11-28 20:38:00.845304', '2026-11-28 20:38:00.845304', true, true, 0, NULL, NULL, NULL, NULL);
INSERT INTO public.service VALUES ('1-1000000005', 3, '[]', '2026-11-18 20:37:20', '2026-11-28 23:43:38.733189', '2026-11-28 20:38:03.853252', '2026-11-28 20:38:03.853252', '2026-11-28 20:38:03.853252', true, false, 0, NULL, NULL, NULL, NULL);
INSERT INTO public.service VALUES ('1-1000000001', 2, '[{"mark":"rating||overall|downgraded|good","since":"2026-11-28T20:38:07.159866Z","due":"2026-11-28T22:38:07.159866Z","dated":true,"odd":false,"by_api":false},{"mark":"rating||safe|downgraded|good","since":"2026-11-28T20:38:07.159866Z","due":"2026-11-28T22:38:07.159866Z","dated":true,"odd":false,"by_api":false},{"mark":"reports|||report published|9499aee670fe2683","since":"2026-11-28T20:38:07.159866Z","due":"2026-11-28T22:38:07.159866Z","dated":true,"odd":false,"by_api":false}]', '2026-11-18 20:37:20', '2026-11-28 22:38:07.159866', '2026-11-28 20:38:07.159866', '2026-11-28 20:38:07.159866', '2026-11-28 20:38:07.159866', true, false, 0, NULL, NULL, NULL, NULL);
INSERT INTO public.session VALUES ('6e2f42469efcd6fe9018d490b596bb6cba47db97e46425f7a333d8e6c972d440', 2, 'Firefox', '2026-11-18 20:37:20', '2026-11-19 08:37:20', NULL);
INSERT INTO public.sign_in_link VALUES ('d004d5a44366ba141678b78a7c98fb651a824635bef0a5dd0172d0ada2e94f68', 'editor@council.example', NULL, NULL, '2026-11-18 20:37:20', '2026-11-19 20:37:20', '2026-11-18 20:37:20');
INSERT INTO public.sign_in_link VALUES ('cc3e4af4cbae79a8043d20ac0922070c23893614543be99fdc52dfed6a60476e', 'operator@council.example', NULL, NULL, '2026-11-28 20:37:20', '2026-11-29 20:37:20', NULL);
INSERT INTO public.site VALUES ('outage', NULL, NULL, NULL, 0, NULL, false, NULL);
INSERT INTO public.site VALUES ('cqc', '2026-11-28 20:38:07.056226', NULL, NULL, 0, NULL, false, NULL);
INSERT INTO public.snapshot VALUES ('1-1000000002', 1, '2026-11-28 20:37:37.503357', '{"location_id":"1-1000000002","seq":1,"seen_at":"2026-11-28T20:37:37.503357Z","card":{"name":"Larch Grove","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"22d66473566adbc95df887c6a45f13c31c6732b4802d24ced17014925c65da0f","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"22d66473566adbc95df887c6a45f13c31c6732b4802d24ced17014925c65da0f","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"22d66473566adbc95df887c6a45f13c31c6732b4802d24ced17014925c65da0f","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"22d66473566adbc95df887c6a45f13c31c6732b4802d24ced17014925c65da0f","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"22d66473566adbc95df887c6a45f13c31c6732b4802d24ced17014925c65da0f","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"inadequate","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"22d66473566adbc95df887c6a45f13c31c6732b4802d24ced17014925c65da0f","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"22d66473566adbc95df887c6a45f13c31c6732b4802d24ced17014925c65da0f","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"22d66473566adbc95df887c6a45f13c31c6732b4802d24ced17014925c65da0f","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"22d66473566adbc95df887c6a45f13c31c6732b4802d24ced17014925c65da0f","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"22d66473566adbc95df887c6a45f13c31c6732b4802d24ced17014925c65da0f","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"22d66473566adbc95df887c6a45f13c31c6732b4802d24ced17014925c65da0f","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"remains","instead":null,"published":"2023-04-18","quote":"This service remains in special measures.","report":"2023-03-02","page":"22d66473566adbc95df887c6a45f13c31c6732b4802d24ced17014925c65da0f","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000001', 1, '2026-11-28 20:37:37.520296', '{"location_id":"1-1000000001","seq":1,"seen_at":"2026-11-28T20:37:37.520296Z","card":{"name":"Orchard House","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"986f1bea7aefca2ebeb2d1b15b1ee4b4d20f531fae494465cc4e4b401e19ed79","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"986f1bea7aefca2ebeb2d1b15b1ee4b4d20f531fae494465cc4e4b401e19ed79","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"986f1bea7aefca2ebeb2d1b15b1ee4b4d20f531fae494465cc4e4b401e19ed79","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"986f1bea7aefca2ebeb2d1b15b1ee4b4d20f531fae494465cc4e4b401e19ed79","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"986f1bea7aefca2ebeb2d1b15b1ee4b4d20f531fae494465cc4e4b401e19ed79","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"outstanding","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"986f1bea7aefca2ebeb2d1b15b1ee4b4d20f531fae494465cc4e4b401e19ed79","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"986f1bea7aefca2ebeb2d1b15b1ee4b4d20f531fae494465cc4e4b401e19ed79","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"986f1bea7aefca2ebeb2d1b15b1ee4b4d20f531fae494465cc4e4b401e19ed79","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"986f1bea7aefca2ebeb2d1b15b1ee4b4d20f531fae494465cc4e4b401e19ed79","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"986f1bea7aefca2ebeb2d1b15b1ee4b4d20f531fae494465cc4e4b401e19ed79","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"986f1bea7aefca2ebeb2d1b15b1ee4b4d20f531fae494465cc4e4b401e19ed79","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"986f1bea7aefca2ebeb2d1b15b1ee4b4d20f531fae494465cc4e4b401e19ed79","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000003', 1, '2026-11-28 20:37:37.730652', '{"location_id":"1-1000000003","seq":1,"seen_at":"2026-11-28T20:37:37.730652Z","card":{"name":"Hollins View","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"e0815698f9d08612a3a85004e1813cc0ed27fef8726bbfb90328d6bb66104e6c","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"e0815698f9d08612a3a85004e1813cc0ed27fef8726bbfb90328d6bb66104e6c","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"e0815698f9d08612a3a85004e1813cc0ed27fef8726bbfb90328d6bb66104e6c","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"e0815698f9d08612a3a85004e1813cc0ed27fef8726bbfb90328d6bb66104e6c","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"e0815698f9d08612a3a85004e1813cc0ed27fef8726bbfb90328d6bb66104e6c","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"e0815698f9d08612a3a85004e1813cc0ed27fef8726bbfb90328d6bb66104e6c","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"e0815698f9d08612a3a85004e1813cc0ed27fef8726bbfb90328d6bb66104e6c","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"e0815698f9d08612a3a85004e1813cc0ed27fef8726bbfb90328d6bb66104e6c","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"e0815698f9d08612a3a85004e1813cc0ed27fef8726bbfb90328d6bb66104e6c","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"e0815698f9d08612a3a85004e1813cc0ed27fef8726bbfb90328d6bb66104e6c","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"e0815698f9d08612a3a85004e1813cc0ed27fef8726bbfb90328d6bb66104e6c","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"e0815698f9d08612a3a85004e1813cc0ed27fef8726bbfb90328d6bb66104e6c","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000004', 1, '2026-11-28 20:37:37.770377', '{"location_id":"1-1000000004","seq":1,"seen_at":"2026-11-28T20:37:37.770377Z","card":{"name":"Brookside ‘Homecare’","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"444e2492882bae648d240e07d469b005353d0a25f2eb70a650de3fd19452433f","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"444e2492882bae648d240e07d469b005353d0a25f2eb70a650de3fd19452433f","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"444e2492882bae648d240e07d469b005353d0a25f2eb70a650de3fd19452433f","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"444e2492882bae648d240e07d469b005353d0a25f2eb70a650de3fd19452433f","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"444e2492882bae648d240e07d469b005353d0a25f2eb70a650de3fd19452433f","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"444e2492882bae648d240e07d469b005353d0a25f2eb70a650de3fd19452433f","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"444e2492882bae648d240e07d469b005353d0a25f2eb70a650de3fd19452433f","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"444e2492882bae648d240e07d469b005353d0a25f2eb70a650de3fd19452433f","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"444e2492882bae648d240e07d469b005353d0a25f2eb70a650de3fd19452433f","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"444e2492882bae648d240e07d469b005353d0a25f2eb70a650de3fd19452433f","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"444e2492882bae648d240e07d469b005353d0a25f2eb70a650de3fd19452433f","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"444e2492882bae648d240e07d469b005353d0a25f2eb70a650de3fd19452433f","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000005', 1, '2026-11-28 20:37:38.180386', '{"location_id":"1-1000000005","seq":1,"seen_at":"2026-11-28T20:37:38.180386Z","card":{"name":"Netherby Care at Home","service_type":"Homecare agencies","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"4ac1b68577e8d871d52282def45c630b1b0250c195d926d58d8b01d1b03045ae","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"4ac1b68577e8d871d52282def45c630b1b0250c195d926d58d8b01d1b03045ae","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"4ac1b68577e8d871d52282def45c630b1b0250c195d926d58d8b01d1b03045ae","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"4ac1b68577e8d871d52282def45c630b1b0250c195d926d58d8b01d1b03045ae","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"4ac1b68577e8d871d52282def45c630b1b0250c195d926d58d8b01d1b03045ae","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2025-04-02","quote":null,"report":null,"page":"4ac1b68577e8d871d52282def45c630b1b0250c195d926d58d8b01d1b03045ae","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"4ac1b68577e8d871d52282def45c630b1b0250c195d926d58d8b01d1b03045ae","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"4ac1b68577e8d871d52282def45c630b1b0250c195d926d58d8b01d1b03045ae","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"4ac1b68577e8d871d52282def45c630b1b0250c195d926d58d8b01d1b03045ae","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"4ac1b68577e8d871d52282def45c630b1b0250c195d926d58d8b01d1b03045ae","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["AP2001"],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"4ac1b68577e8d871d52282def45c630b1b0250c195d926d58d8b01d1b03045ae","by_api":false}],[{"aspect":"score","group":"","of":"Involving people to manage risks"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"f6f189ed56656890cbdbaf9e46c97dff8baaa9d6ba6a5f18a67c519e6eda60a5","by_api":false}],[{"aspect":"score","group":"","of":"Learning culture"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"f6f189ed56656890cbdbaf9e46c97dff8baaa9d6ba6a5f18a67c519e6eda60a5","by_api":false}],[{"aspect":"score","group":"","of":"Safe and effective staffing"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"f6f189ed56656890cbdbaf9e46c97dff8baaa9d6ba6a5f18a67c519e6eda60a5","by_api":false}],[{"aspect":"score","group":"","of":"Safeguarding"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"f6f189ed56656890cbdbaf9e46c97dff8baaa9d6ba6a5f18a67c519e6eda60a5","by_api":false}],[{"aspect":"score","group":"","of":"safe"},{"value":75,"instead":null,"published":null,"quote":null,"report":null,"page":"f6f189ed56656890cbdbaf9e46c97dff8baaa9d6ba6a5f18a67c519e6eda60a5","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2025-04-02","quote":null,"report":null,"page":"4ac1b68577e8d871d52282def45c630b1b0250c195d926d58d8b01d1b03045ae","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000003', 2, '2026-11-28 20:37:53.997152', '{"location_id":"1-1000000003","seq":2,"seen_at":"2026-11-28T20:37:53.997152Z","card":{"name":"Hollins View","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"f4f473c09e4bfcea48d02a92521fd6f7007efd5a15779b2f8a57a34b7fc151e2","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"f4f473c09e4bfcea48d02a92521fd6f7007efd5a15779b2f8a57a34b7fc151e2","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"f4f473c09e4bfcea48d02a92521fd6f7007efd5a15779b2f8a57a34b7fc151e2","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"f4f473c09e4bfcea48d02a92521fd6f7007efd5a15779b2f8a57a34b7fc151e2","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"f4f473c09e4bfcea48d02a92521fd6f7007efd5a15779b2f8a57a34b7fc151e2","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"e0815698f9d08612a3a85004e1813cc0ed27fef8726bbfb90328d6bb66104e6c","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"f4f473c09e4bfcea48d02a92521fd6f7007efd5a15779b2f8a57a34b7fc151e2","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"e0815698f9d08612a3a85004e1813cc0ed27fef8726bbfb90328d6bb66104e6c","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"f4f473c09e4bfcea48d02a92521fd6f7007efd5a15779b2f8a57a34b7fc151e2","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"f4f473c09e4bfcea48d02a92521fd6f7007efd5a15779b2f8a57a34b7fc151e2","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"e0815698f9d08612a3a85004e1813cc0ed27fef8726bbfb90328d6bb66104e6c","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"e0815698f9d08612a3a85004e1813cc0ed27fef8726bbfb90328d6bb66104e6c","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000003', 3, '2026-11-28 20:37:54.321527', '{"location_id":"1-1000000003","seq":3,"seen_at":"2026-11-28T20:37:54.321527Z","card":{"name":"Hollins View","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"830a6f2ef60ef681f09d831597267ff9c430fe4aa591699486bb49a15e37f19f","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"830a6f2ef60ef681f09d831597267ff9c430fe4aa591699486bb49a15e37f19f","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"830a6f2ef60ef681f09d831597267ff9c430fe4aa591699486bb49a15e37f19f","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"830a6f2ef60ef681f09d831597267ff9c430fe4aa591699486bb49a15e37f19f","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"830a6f2ef60ef681f09d831597267ff9c430fe4aa591699486bb49a15e37f19f","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"requires improvement","instead":null,"published":"2026-10-13","quote":null,"report":null,"page":"830a6f2ef60ef681f09d831597267ff9c430fe4aa591699486bb49a15e37f19f","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"830a6f2ef60ef681f09d831597267ff9c430fe4aa591699486bb49a15e37f19f","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"requires improvement","instead":null,"published":null,"quote":null,"report":null,"page":"830a6f2ef60ef681f09d831597267ff9c430fe4aa591699486bb49a15e37f19f","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"830a6f2ef60ef681f09d831597267ff9c430fe4aa591699486bb49a15e37f19f","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"830a6f2ef60ef681f09d831597267ff9c430fe4aa591699486bb49a15e37f19f","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02","2026-09-01"],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"830a6f2ef60ef681f09d831597267ff9c430fe4aa591699486bb49a15e37f19f","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"e0815698f9d08612a3a85004e1813cc0ed27fef8726bbfb90328d6bb66104e6c","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000004', 2, '2026-11-28 20:38:00.646812', '{"location_id":"1-1000000004","seq":2,"seen_at":"2026-11-28T20:38:00.646812Z","card":{"name":"Brookside ‘Homecare’","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"b18e32d3c11f4e6a79d733bf94ef4b4e31b8fb707c4165c9018c8838b2e5fe80","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"b18e32d3c11f4e6a79d733bf94ef4b4e31b8fb707c4165c9018c8838b2e5fe80","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"b18e32d3c11f4e6a79d733bf94ef4b4e31b8fb707c4165c9018c8838b2e5fe80","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"b18e32d3c11f4e6a79d733bf94ef4b4e31b8fb707c4165c9018c8838b2e5fe80","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"b18e32d3c11f4e6a79d733bf94ef4b4e31b8fb707c4165c9018c8838b2e5fe80","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"444e2492882bae648d240e07d469b005353d0a25f2eb70a650de3fd19452433f","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"b18e32d3c11f4e6a79d733bf94ef4b4e31b8fb707c4165c9018c8838b2e5fe80","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"444e2492882bae648d240e07d469b005353d0a25f2eb70a650de3fd19452433f","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"444e2492882bae648d240e07d469b005353d0a25f2eb70a650de3fd19452433f","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"b18e32d3c11f4e6a79d733bf94ef4b4e31b8fb707c4165c9018c8838b2e5fe80","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"444e2492882bae648d240e07d469b005353d0a25f2eb70a650de3fd19452433f","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"444e2492882bae648d240e07d469b005353d0a25f2eb70a650de3fd19452433f","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000004', 3, '2026-11-28 20:38:00.845304', '{"location_id":"1-1000000004","seq":3,"seen_at":"2026-11-28T20:38:00.845304Z","card":{"name":"Brookside ‘Homecare’","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"cf63e2b81278a7f9ceaa2dc63c42f0e6f94b9b621d9a3c38d271c4b883f28f4b","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"cf63e2b81278a7f9ceaa2dc63c42f0e6f94b9b621d9a3c38d271c4b883f28f4b","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"cf63e2b81278a7f9ceaa2dc63c42f0e6f94b9b621d9a3c38d271c4b883f28f4b","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"cf63e2b81278a7f9ceaa2dc63c42f0e6f94b9b621d9a3c38d271c4b883f28f4b","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"cf63e2b81278a7f9ceaa2dc63c42f0e6f94b9b621d9a3c38d271c4b883f28f4b","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"inadequate","instead":null,"published":"2026-10-20","quote":null,"report":null,"page":"cf63e2b81278a7f9ceaa2dc63c42f0e6f94b9b621d9a3c38d271c4b883f28f4b","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"cf63e2b81278a7f9ceaa2dc63c42f0e6f94b9b621d9a3c38d271c4b883f28f4b","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"cf63e2b81278a7f9ceaa2dc63c42f0e6f94b9b621d9a3c38d271c4b883f28f4b","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"cf63e2b81278a7f9ceaa2dc63c42f0e6f94b9b621d9a3c38d271c4b883f28f4b","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"cf63e2b81278a7f9ceaa2dc63c42f0e6f94b9b621d9a3c38d271c4b883f28f4b","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02","2026-09-08"],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"cf63e2b81278a7f9ceaa2dc63c42f0e6f94b9b621d9a3c38d271c4b883f28f4b","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"entered","instead":null,"published":"2026-10-20","quote":"This service is being placed in special measures.","report":"2026-09-08","page":"cf63e2b81278a7f9ceaa2dc63c42f0e6f94b9b621d9a3c38d271c4b883f28f4b","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000005', 2, '2026-11-28 20:38:02.990914', '{"location_id":"1-1000000005","seq":2,"seen_at":"2026-11-28T20:38:02.990914Z","card":{"name":"Netherby Care at Home","service_type":"Homecare agencies","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"828a380642d5df7d49f305589c409fb624ab7f5c402e1257ea51bff9fb26d81b","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"828a380642d5df7d49f305589c409fb624ab7f5c402e1257ea51bff9fb26d81b","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"828a380642d5df7d49f305589c409fb624ab7f5c402e1257ea51bff9fb26d81b","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"828a380642d5df7d49f305589c409fb624ab7f5c402e1257ea51bff9fb26d81b","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"828a380642d5df7d49f305589c409fb624ab7f5c402e1257ea51bff9fb26d81b","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2025-04-02","quote":null,"report":null,"page":"828a380642d5df7d49f305589c409fb624ab7f5c402e1257ea51bff9fb26d81b","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"828a380642d5df7d49f305589c409fb624ab7f5c402e1257ea51bff9fb26d81b","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"828a380642d5df7d49f305589c409fb624ab7f5c402e1257ea51bff9fb26d81b","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"828a380642d5df7d49f305589c409fb624ab7f5c402e1257ea51bff9fb26d81b","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"828a380642d5df7d49f305589c409fb624ab7f5c402e1257ea51bff9fb26d81b","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["AP2001"],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"828a380642d5df7d49f305589c409fb624ab7f5c402e1257ea51bff9fb26d81b","by_api":false}],[{"aspect":"score","group":"","of":"Involving people to manage risks"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"44487f2b7f323b6675d886d22c1dc954eaf084432c319e5e5953acd31ea4189a","by_api":false}],[{"aspect":"score","group":"","of":"Learning culture"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"44487f2b7f323b6675d886d22c1dc954eaf084432c319e5e5953acd31ea4189a","by_api":false}],[{"aspect":"score","group":"","of":"Safe and effective staffing"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"44487f2b7f323b6675d886d22c1dc954eaf084432c319e5e5953acd31ea4189a","by_api":false}],[{"aspect":"score","group":"","of":"Safeguarding"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"44487f2b7f323b6675d886d22c1dc954eaf084432c319e5e5953acd31ea4189a","by_api":false}],[{"aspect":"score","group":"","of":"safe"},{"value":75,"instead":null,"published":null,"quote":null,"report":null,"page":"f6f189ed56656890cbdbaf9e46c97dff8baaa9d6ba6a5f18a67c519e6eda60a5","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2025-04-02","quote":null,"report":null,"page":"4ac1b68577e8d871d52282def45c630b1b0250c195d926d58d8b01d1b03045ae","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000005', 3, '2026-11-28 20:38:03.853252', '{"location_id":"1-1000000005","seq":3,"seen_at":"2026-11-28T20:38:03.853252Z","card":{"name":"Netherby Care at Home","service_type":"Homecare agencies","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"6663a2ee438f55b0a000a229f35f80c26aeb25e8825b5041003e2706db027182","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"6663a2ee438f55b0a000a229f35f80c26aeb25e8825b5041003e2706db027182","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"6663a2ee438f55b0a000a229f35f80c26aeb25e8825b5041003e2706db027182","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"6663a2ee438f55b0a000a229f35f80c26aeb25e8825b5041003e2706db027182","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"6663a2ee438f55b0a000a229f35f80c26aeb25e8825b5041003e2706db027182","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2025-04-02","quote":null,"report":null,"page":"6663a2ee438f55b0a000a229f35f80c26aeb25e8825b5041003e2706db027182","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"6663a2ee438f55b0a000a229f35f80c26aeb25e8825b5041003e2706db027182","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"6663a2ee438f55b0a000a229f35f80c26aeb25e8825b5041003e2706db027182","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"6663a2ee438f55b0a000a229f35f80c26aeb25e8825b5041003e2706db027182","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"6663a2ee438f55b0a000a229f35f80c26aeb25e8825b5041003e2706db027182","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["AP2001"],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"6663a2ee438f55b0a000a229f35f80c26aeb25e8825b5041003e2706db027182","by_api":false}],[{"aspect":"score","group":"","of":"Involving people to manage risks"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"780423b954dec4701c9fd7d137a80dceb5942d773e5fe58ae82a10da6c2bb31c","by_api":false}],[{"aspect":"score","group":"","of":"Learning culture"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"780423b954dec4701c9fd7d137a80dceb5942d773e5fe58ae82a10da6c2bb31c","by_api":false}],[{"aspect":"score","group":"","of":"Safe and effective staffing"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"780423b954dec4701c9fd7d137a80dceb5942d773e5fe58ae82a10da6c2bb31c","by_api":false}],[{"aspect":"score","group":"","of":"Safeguarding"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"780423b954dec4701c9fd7d137a80dceb5942d773e5fe58ae82a10da6c2bb31c","by_api":false}],[{"aspect":"score","group":"","of":"safe"},{"value":66,"instead":null,"published":null,"quote":null,"report":null,"page":"780423b954dec4701c9fd7d137a80dceb5942d773e5fe58ae82a10da6c2bb31c","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2025-04-02","quote":null,"report":null,"page":"4ac1b68577e8d871d52282def45c630b1b0250c195d926d58d8b01d1b03045ae","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000001', 2, '2026-11-28 20:38:07.159866', '{"location_id":"1-1000000001","seq":2,"seen_at":"2026-11-28T20:38:07.159866Z","card":{"name":"Orchard House","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-27","quote":null,"report":"2026-09-15","page":"0ce6f094b54c18015d0ad8f4ece441210da6919e7b5cf2b658d5ed2835933f35","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-27","quote":null,"report":"2026-09-15","page":"0ce6f094b54c18015d0ad8f4ece441210da6919e7b5cf2b658d5ed2835933f35","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-27","quote":null,"report":"2026-09-15","page":"0ce6f094b54c18015d0ad8f4ece441210da6919e7b5cf2b658d5ed2835933f35","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"0ce6f094b54c18015d0ad8f4ece441210da6919e7b5cf2b658d5ed2835933f35","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"0ce6f094b54c18015d0ad8f4ece441210da6919e7b5cf2b658d5ed2835933f35","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"outstanding","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"986f1bea7aefca2ebeb2d1b15b1ee4b4d20f531fae494465cc4e4b401e19ed79","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"0ce6f094b54c18015d0ad8f4ece441210da6919e7b5cf2b658d5ed2835933f35","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"986f1bea7aefca2ebeb2d1b15b1ee4b4d20f531fae494465cc4e4b401e19ed79","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"0ce6f094b54c18015d0ad8f4ece441210da6919e7b5cf2b658d5ed2835933f35","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"0ce6f094b54c18015d0ad8f4ece441210da6919e7b5cf2b658d5ed2835933f35","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"986f1bea7aefca2ebeb2d1b15b1ee4b4d20f531fae494465cc4e4b401e19ed79","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"986f1bea7aefca2ebeb2d1b15b1ee4b4d20f531fae494465cc4e4b401e19ed79","by_api":false}]]}');
INSERT INTO public.subscription VALUES (1, 'Leeds', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', 'immediate', '07:30', 'wed', '2026-11-18 20:37:20', false, NULL, NULL, NULL, NULL, '2026-11-18 20:37:20');
INSERT INTO public.subscription VALUES (2, 'Leeds', 'mailto:gone@council.example', '3cd15bae1cefee5628cc3c46963cc0a0affe01543db69fd6a0b62589f71b41f0', 'immediate', '07:30', 'wed', '2026-11-18 20:37:20', false, NULL, NULL, NULL, NULL, '2026-11-18 20:37:20');
INSERT INTO public.subscription VALUES (3, 'Leeds', 'mailto:daily@council.example', '8371779183afef49137df4fcb3b04be01a95ce995c014ef8efff34d1d10e0630', 'daily', '07:30', 'wed', '2026-11-18 20:37:20', false, NULL, NULL, NULL, NULL, '2026-11-18 20:37:20');
INSERT INTO public.subscription VALUES (6, 'Care at home', 'gAAAAABrCzuH_EOkHnGvOiyQ6-NhYZ3e0Y4Dyod39O1NYbnuxDt5JPj0cWCHU61tQb3FxfXSgGZNCpknvBCr8Q4gcdLdkbjD-tZ0VBUW_mGDbBsD61PY1zXzUYkK2y1IPYq3RKyKPHnG_33LdxCmkdwxWefswNYgvs_nlZWXdRBNaw92KoK-8xY=', '01592bbd3d064473382f58971c2ab9c992eb348f3c14780800a363e747b9739f', 'daily', '07:30', 'wed', '2026-11-18 20:37:20', false, '2026-12-19 07:30:00', NULL, NULL, NULL, '2026-11-18 20:37:20');
INSERT INTO public.subscription VALUES (7, 'Leeds', 'gAAAAABrCzuHQhviX9b5FGN9pjrwf4_RPB-HpAxCa2jJf_f6KFrKs330mLU94YYJ5bLwG9Qb_ZukjKcPk7d-JyzcIfJLlc-1JogbrQTBs8aqCirPyeJsWjzIjrDm6zZ-3AM392swKWFL', '918bedb9c6077481ade2eaeb331eda4da2bddcca2fce1cd2950e26595898e8bf', 'weekly', '07:30', 'wed', '2026-11-18 20:37:20', false, NULL, NULL, NULL, NULL, '2026-11-18 20:37:20');
INSERT INTO public.subscription VALUES (8, 'Care at home', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', 'daily', '09:00', 'mon', '2026-11-28 20:37:35.049024', false, NULL, NULL, NULL, NULL, '2026-11-28 20:37:35.049024');
INSERT INTO public.subscription VALUES (9, 'Leeds', 'mailto:no-reports@council.example', '78a16d946fa7fee05d1d9bec5cd41c36bee72951f1fd3b6d1439611fbe59e9eb', 'immediate', '08:00', 'mon', '2026-11-18 20:37:20', false, NULL, 4, '["downgraded", "upgraded", "first rated", "rating withdrawn", "score fell", "score rose", "entered special measures", "remains in special measures", "left special measures", "special measures unclear", "enforcement taken", "breach found", "archived", "provider changed", "moved", "registered"]', NULL, '2026-11-18 20:37:20');
INSERT INTO public.subscription VALUES (10, 'Leeds', 'mailto:few@council.example', 'a854adc9eadc7a74e5a360947ffdbbe8072bb32ae06c0ddd5a73fc67bda51dfd', 'immediate', '08:00', 'mon', '2026-11-18 20:37:20', false, NULL, 5, '["downgraded", "entered special measures"]', NULL, '2026-11-18 20:37:20');
INSERT INTO public.subscription VALUES (13, 'Care at home', 'mailto:scores@council.example', '715555080b1481056eab9d9a4b060dc7107276da36b10145b3da8c1e9e8b61e9', 'immediate', '08:00', 'mon', '2026-11-18 20:37:20', false, NULL, 8, '["score fell", "score rose"]', NULL, '2026-11-18 20:37:20');
INSERT INTO public.subscription VALUES (14, 'Care at home', 'mailto:none@council.example', '4304186f64bb94a19e173eacf36a99938036539b38299134e618b6cda2fc2580', 'immediate', '08:00', 'mon', '2026-11-18 20:37:20', false, NULL, 9, '[]', NULL, '2026-11-18 20:37:20');
INSERT INTO public.subscription VALUES (15, 'Leeds', 'mailto:unconfirmed@council.example', '5e31a3eb7a150078cebd6b982ca57041c62bac76dd8ebb80c6128867251a196f', 'daily', '08:00', 'mon', '2026-11-18 20:37:20', false, NULL, 2, '["upgraded"]', NULL, NULL);
INSERT INTO public.subscription VALUES (11, 'Care at home', 'mailto:paused@council.example', 'daff010584b6cd6dea3ad978dc809feea54123aa74a471a974d109457510ba91', 'immediate', '08:00', 'mon', '2026-11-18 20:37:20', false, NULL, 6, NULL, '2026-12-28 20:37:20', '2026-11-18 20:37:20');
INSERT INTO public.subscription VALUES (4, 'Leeds', 'mailto:weekly@council.example', 'bc7a07bd1559b78a0e2d7f0a5e7754c27df4c4616bc16164ea91b8ef4ddfac01', 'weekly', '07:30', 'wed', '2026-11-18 20:37:20', true, '2026-12-09 07:30:00', NULL, NULL, NULL, '2026-11-18 20:37:20');
INSERT INTO public.subscription VALUES (5, 'Leeds', 'gAAAAABrCzuHLWgCkqYBQqizWW-hyef3PXPwhC3Po3r4kS26R-Iaqsol9mdiuVDvxrHYDtjrdQUWY9PU81KSNyyji5vKWwF54OpfTLFnh0QonfEK8LYuSux8FTb3FZmRpBHrjAB7qhs8Or19OPbzvSzSR985SOJL-Q==', '7718951d8cbbd13f8269587288d0a62604ab80bb7a1d3151795611bf32c26046', 'immediate', '07:30', 'wed', '2026-11-18 20:37:20', true, '2026-12-09 07:30:00', NULL, NULL, NULL, '2026-11-18 20:37:20');
INSERT INTO public.subscription VALUES (12, 'Care at home', 'mailto:all@council.example', '4f2bc905e4e39e075bec9e4dc18e078bfe2c6afa873d6fc505282294e879e6dc', 'immediate', '08:00', 'mon', '2026-11-18 20:37:20', true, '2026-12-07 08:00:00', 7, NULL, NULL, '2026-11-18 20:37:20');
INSERT INTO public.switched_off VALUES ('a854adc9eadc7a74e5a360947ffdbbe8072bb32ae06c0ddd5a73fc67bda51dfd', 'mailto:few@council.example', '2026-11-28 20:38:01.245721', '404 Not Found', '2026-11-28 20:43:01.245721');
INSERT INTO public.switched_off VALUES ('918bedb9c6077481ade2eaeb331eda4da2bddcca2fce1cd2950e26595898e8bf', 'gAAAAABrCzutPk4fQciYmyDiDcVPqJa7uiFuMMwACKVUKX4Rl_zlFuGf68IJBw0amjwBcc4P2Nc3SyqYyYuHdAnWYJ8esMWAWCMklrr8S1nBYIoYrIGNMLcp0b67OR1-uE1bBK5BSfhT', '2026-11-28 20:38:01.245721', '404 Not Found', '2026-11-28 20:43:01.245721');
INSERT INTO public.told VALUES (1, 'd8857f7223fe5635b2119b4b3f9319da', 'trouble', 'mailto:oncall@council.example', 'sent', '2026-11-28 20:37:41.371018', '250 2.0.0 queued as SIM00003', '{"events": [], "watchlists": [], "subject": "1 service has not been read well for too long"}');
INSERT INTO public.told VALUES (2, '0f7ace77fef94f26992045e78e62c127', 'welcome', 'mailto:few@council.example', 'sent', '2026-11-28 20:37:42.792308', '250 2.0.0 queued as SIM00004', '{"events": [], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (3, '51faa0ed942443bc8891588fac6ef371', 'welcome', 'mailto:no-reports@council.example', 'sent', '2026-11-28 20:37:43.117578', '250 2.0.0 queued as SIM00005', '{"events": [], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (4, '7c0bb85abfc6477088f0fc2a466c8c5f', 'digest', 'mailto:no-reports@council.example', 'sent', '2026-11-28 20:37:44.164491', '250 2.0.0 queued as SIM00006', '{"events": ["silent 2026-11-28T08:00:00+00:00"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (5, '7ebae179a1774e35ba1e9534f7f5cef0', 'digest', 'mailto:few@council.example', 'sent', '2026-11-28 20:37:44.705289', '250 2.0.0 queued as SIM00007', '{"events": ["silent 2026-11-28T08:00:00+00:00"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (6, '812bcba2f07c45aa929e013b44db6f6b', 'welcome', 'mailto:lead@council.example', 'sent', '2026-11-28 20:37:44.820571', '250 2.0.0 queued as SIM00008', '{"events": [], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (7, '8b2878032b324fd99408657ca7cbfdf7', 'still watching', 'mailto:weekly@council.example', 'sent', '2026-11-28 20:37:45.791839', '250 2.0.0 queued as SIM00009', '{"events": [], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (8, '9a2b0e5bce064de2bd6096303328ce66', 'still watching', 'mailto:all@council.example', 'sent', '2026-11-28 20:37:46.222333', '250 2.0.0 queued as SIM00010', '{"events": [], "watchlists": ["Care at home"], "subject": null}');
INSERT INTO public.told VALUES (9, '9ed1a1921bf44c94b4c45a00b590d1ed', 'digest', 'mailto:weekly@council.example', 'sent', '2026-11-28 20:37:46.765467', '250 2.0.0 queued as SIM00011', '{"events": ["silent 2026-11-25T07:30:00+00:00"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (10, 'a0f15dd946c54957ab03ff909d99b168', 'digest', 'mailto:gone@council.example', 'dead', '2026-11-28 20:37:47.923096', '550 No such user (at RCPT TO)', '{"events": ["silent 2026-11-28T07:30:00+00:00"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (11, 'b99bbc5d6e8c462baccaf4cdcb5e7e9d', 'welcome', 'mailto:none@council.example', 'sent', '2026-11-28 20:37:47.99038', '250 2.0.0 queued as SIM00012', '{"events": [], "watchlists": ["Care at home"], "subject": null}');
INSERT INTO public.told VALUES (12, 'c7d6897f80d54e4b8a19540fe71854ea', 'digest', 'mailto:lead@council.example', 'sent', '2026-11-28 20:37:49.130784', '250 2.0.0 queued as SIM00014', '{"events": ["silent 2026-11-28T07:30:00+00:00"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (13, 'c3e79245061340ecbe8c55edaf708f35', 'digest', 'mailto:daily@council.example', 'sent', '2026-11-28 20:37:49.102859', '250 2.0.0 queued as SIM00013', '{"events": ["silent 2026-11-28T07:30:00+00:00"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (14, 'd5504cb4acab41148a2a857ac5966284', 'welcome', 'mailto:all@council.example', 'sent', '2026-11-28 20:37:50.142967', '250 2.0.0 queued as SIM00015', '{"events": [], "watchlists": ["Care at home"], "subject": null}');
INSERT INTO public.told VALUES (15, 'd946fad865d24d2ba21468065fe2e90a', 'welcome', 'mailto:scores@council.example', 'sent', '2026-11-28 20:37:50.613345', '250 2.0.0 queued as SIM00016', '{"events": [], "watchlists": ["Care at home"], "subject": null}');
INSERT INTO public.told VALUES (16, 'a045b3a2cc1a5d9dbdc210be0fc618ef', 'trouble', 'mailto:oncall@council.example', 'sent', '2026-11-28 20:37:50.849177', '250 2.0.0 queued as SIM00017', '{"events": [], "watchlists": [], "subject": "a message could not be delivered"}');
INSERT INTO public.told VALUES (17, '248f0b05d2ac45b08821a4f6c5a6be7a', 'alert', 'mailto:no-reports@council.example', 'sent', '2026-11-28 20:37:57.041819', '250 2.0.0 queued as SIM00018', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (18, '9350300b3d28473a9ce749176bb28749', 'alert', 'mailto:lead@council.example', 'sent', '2026-11-28 20:37:57.06307', '250 2.0.0 queued as SIM00019', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53", "3b7cfc4525ad2603"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (19, 'ea416086d2454610b98b0eaaebd84453', 'alert', 'mailto:gone@council.example', 'dead', '2026-11-28 20:37:58.230328', '550 No such user (at RCPT TO)', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53", "3b7cfc4525ad2603"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (20, 'f9166ecd1bc04b58a96620be7ab96804', 'alert', 'mailto:few@council.example', 'sent', '2026-11-28 20:37:58.321277', '250 2.0.0 queued as SIM00020', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (21, '922fcb6bc96d538f9b6855ca06e761c1', 'trouble', 'mailto:oncall@council.example', 'sent', '2026-11-28 20:37:59.209754', '250 2.0.0 queued as SIM00021', '{"events": [], "watchlists": [], "subject": "a message could not be delivered"}');
INSERT INTO public.watch VALUES ('Leeds', '1-1000000001', '2026-11-18 20:37:20', false, NULL);
INSERT INTO public.watch VALUES ('Leeds', '1-1000000002', '2026-11-18 20:37:20', false, NULL);
INSERT INTO public.watch VALUES ('Leeds', '1-1000000003', '2026-11-18 20:37:20', false, NULL);
INSERT INTO public.watch VALUES ('Leeds', '1-1000000004', '2026-11-18 20:37:20', false, NULL);
INSERT INTO public.watch VALUES ('Leeds', '1-1000000005', '2026-11-18 20:37:20', false, NULL);
INSERT INTO public.watch VALUES ('Leeds', '1-1000000006', '2026-11-18 20:37:20', false, NULL);
INSERT INTO public.watch VALUES ('Care at home', '1-1000000004', '2026-11-28 20:37:34.798825', false, NULL);
INSERT INTO public.watch VALUES ('Care at home', '1-1000000005', '2026-11-28 20:37:34.798825', false, NULL);
INSERT INTO public.watchlist VALUES ('Care at home', NULL, NULL, '2026-11-28 20:37:34.798825');
INSERT INTO public.watchlist VALUES ('Leeds', 2, 'mailto:head@council.example', '2026-11-18 20:37:20');
INSERT INTO public.worker VALUES ('worker', 'box7', 7, '2026-11-28 20:38:06.017243', '2026-11-28 20:39:06.017243');
SELECT pg_catalog.setval('public.acknowledgement_id_seq', 1, true);
SELECT pg_catalog.setval('public.api_key_id_seq', 1, true);
SELECT pg_catalog.setval('public.audit_position_seq', 24, true);
SELECT pg_catalog.setval('public.event_position_seq', 9, true);
SELECT pg_catalog.setval('public.notice_id_seq', 129, true);
SELECT pg_catalog.setval('public.person_id_seq', 9, true);
SELECT pg_catalog.setval('public.register_file_id_seq', 1, false);
SELECT pg_catalog.setval('public.subscription_id_seq', 15, true);
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
ALTER TABLE ONLY public.escalation
    ADD CONSTRAINT pk_escalation PRIMARY KEY (event_id, watchlist, reason);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT pk_event PRIMARY KEY ("position");
ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT pk_evidence PRIMARY KEY (digest);
ALTER TABLE ONLY public.feed_key
    ADD CONSTRAINT pk_feed_key PRIMARY KEY (watchlist, person);
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
