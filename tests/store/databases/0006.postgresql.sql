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
INSERT INTO public.acknowledgement VALUES (1, '529c5bdc075fddcc', 2, '2026-11-28 20:36:23.42272', 'We visit tomorrow.', NULL, NULL);
INSERT INTO public.alembic_version VALUES ('0006');
INSERT INTO public.api_key VALUES (1, 2, 'the dashboard', '1554ce5e932c0ae80a2cb1aaa6684585d2fc98c4d69d2effc67e9746558bacc6', 'DJJk', '2026-11-18 20:35:56', NULL, NULL);
INSERT INTO public.audit VALUES (1, '2026-11-18 20:35:56', NULL, 'invited', 'operator@council.example as operator');
INSERT INTO public.audit VALUES (2, '2026-11-18 20:35:56', 1, 'invited', 'editor@council.example as editor');
INSERT INTO public.audit VALUES (3, '2026-11-18 20:35:56', 1, 'invited', 'left@council.example as reader');
INSERT INTO public.audit VALUES (4, '2026-11-18 20:35:56', 2, 'signed in with', 'Firefox');
INSERT INTO public.audit VALUES (5, '2026-11-18 20:35:56', 1, 'ended the access of', 'left@council.example');
INSERT INTO public.audit VALUES (6, '2026-11-18 20:35:56', 2, 'made API key', 'the dashboard (…DJJk)');
INSERT INTO public.audit VALUES (7, '2026-11-18 20:35:56', 2, 'made feed of watchlist', 'Leeds');
INSERT INTO public.audit VALUES (8, '2026-11-18 20:35:56', 1, 'gave watchlist to', 'Leeds: editor@council.example');
INSERT INTO public.audit VALUES (9, '2026-11-18 20:35:56', 1, 'changed second address of watchlist', 'Leeds');
INSERT INTO public.audit VALUES (10, '2026-11-18 20:35:56', 1, 'invited', 'no-reports@council.example as reader');
INSERT INTO public.audit VALUES (11, '2026-11-18 20:35:56', 4, 'subscribed', 'no-reports@council.example to Leeds');
INSERT INTO public.audit VALUES (12, '2026-11-18 20:35:56', 1, 'invited', 'few@council.example as reader');
INSERT INTO public.audit VALUES (13, '2026-11-18 20:35:56', 5, 'subscribed', 'few@council.example to Leeds');
INSERT INTO public.audit VALUES (14, '2026-11-18 20:35:56', 1, 'invited', 'paused@council.example as reader');
INSERT INTO public.audit VALUES (15, '2026-11-18 20:35:56', 6, 'subscribed', 'paused@council.example to Care at home');
INSERT INTO public.audit VALUES (16, '2026-11-18 20:35:56', 1, 'invited', 'all@council.example as reader');
INSERT INTO public.audit VALUES (17, '2026-11-18 20:35:56', 7, 'subscribed', 'all@council.example to Care at home');
INSERT INTO public.audit VALUES (18, '2026-11-18 20:35:56', 1, 'invited', 'scores@council.example as reader');
INSERT INTO public.audit VALUES (19, '2026-11-18 20:35:56', 8, 'subscribed', 'scores@council.example to Care at home');
INSERT INTO public.audit VALUES (20, '2026-11-18 20:35:56', 1, 'invited', 'none@council.example as reader');
INSERT INTO public.audit VALUES (21, '2026-11-18 20:35:56', 9, 'subscribed', 'none@council.example to Care at home');
INSERT INTO public.audit VALUES (22, '2026-11-18 20:35:56', 2, 'subscribed', 'unconfirmed@council.example to Leeds');
INSERT INTO public.audit VALUES (23, '2026-11-18 20:35:56', 6, 'paused the subscription of', 'paused@council.example to Care at home');
INSERT INTO public.audit VALUES (24, '2026-11-28 20:35:56', 1, 'made rule of watchlist', 'By rule: All services in Leicestershire; 4 joined, 0 left');
INSERT INTO public.audit VALUES (25, '2026-11-28 20:36:23.42272', 2, 'acknowledged', '1-1000000004: downgraded: We visit tomorrow.');
INSERT INTO public.authority_list VALUES ('Neighbours', '["Leicester", "Rutland"]', '2026-11-28 20:35:56');
INSERT INTO public.disagreement VALUES ('1-1000000002', '2026-11-28 20:35:56', '2026-11-28 20:35:56', '["overall: the page says Inadequate, the API says Requires improvement"]');
INSERT INTO public.escalation VALUES ('529c5bdc075fddcc', 'Care at home', 'paused', '2026-11-28 20:36:22.694046', NULL, NULL);
INSERT INTO public.escalation VALUES ('16a75f3bf080762e', 'Care at home', 'unacknowledged', '2026-11-28 20:36:22.694046', NULL, NULL);
INSERT INTO public.escalation VALUES ('16a75f3bf080762e', 'Leeds', 'unacknowledged', '2026-11-28 20:36:22.694046', NULL, NULL);
INSERT INTO public.escalation VALUES ('16a75f3bf080762e', 'Care at home', 'paused', '2026-11-28 20:36:22.694046', NULL, NULL);
INSERT INTO public.escalation VALUES ('529c5bdc075fddcc', 'Care at home', 'unacknowledged', '2026-11-28 20:36:22.694046', '2026-11-28 20:36:23.42272', NULL);
INSERT INTO public.escalation VALUES ('529c5bdc075fddcc', 'Leeds', 'unacknowledged', '2026-11-28 20:36:22.694046', '2026-11-28 20:36:23.42272', NULL);
INSERT INTO public.event VALUES (1, '29acb6e3331afeee', '1-1000000003', '2026-11-28 20:36:16.49886', '{"id":"29acb6e3331afeee","location_id":"1-1000000003","name":"Hollins View","kind":"downgraded","group":null,"of":"overall","from_":"good","to":"requires improvement","published":"2026-10-13","observed_at":"2026-11-28T20:36:16.498860Z","quote":null,"evidence":"25ec84754be1df0526776f3b7a09213e53872d83223957f33002c138048ddf7a","rests_on":"page"}', 'downgraded');
INSERT INTO public.event VALUES (2, 'f20c1ed2f5da8d53', '1-1000000003', '2026-11-28 20:36:16.49886', '{"id":"f20c1ed2f5da8d53","location_id":"1-1000000003","name":"Hollins View","kind":"downgraded","group":null,"of":"safe","from_":"good","to":"requires improvement","published":"2026-10-13","observed_at":"2026-11-28T20:36:16.498860Z","quote":null,"evidence":"25ec84754be1df0526776f3b7a09213e53872d83223957f33002c138048ddf7a","rests_on":"page"}', 'downgraded');
INSERT INTO public.event VALUES (3, '3b7cfc4525ad2603', '1-1000000003', '2026-11-28 20:36:16.49886', '{"id":"3b7cfc4525ad2603","location_id":"1-1000000003","name":"Hollins View","kind":"report published","group":null,"of":null,"from_":null,"to":null,"published":"2026-10-13","observed_at":"2026-11-28T20:36:16.498860Z","quote":null,"evidence":"25ec84754be1df0526776f3b7a09213e53872d83223957f33002c138048ddf7a","rests_on":"page"}', 'report published');
INSERT INTO public.event VALUES (4, '529c5bdc075fddcc', '1-1000000004', '2026-11-28 20:36:22.694046', '{"id":"529c5bdc075fddcc","location_id":"1-1000000004","name":"Brookside ‘Homecare’","kind":"downgraded","group":null,"of":"overall","from_":"good","to":"inadequate","published":"2026-10-20","observed_at":"2026-11-28T20:36:22.694046Z","quote":null,"evidence":"578624a22e5e701382df05d12511c7e474e5a3a9bf08de0746ea4ed0014724e6","rests_on":"page"}', 'downgraded');
INSERT INTO public.event VALUES (5, '16a75f3bf080762e', '1-1000000004', '2026-11-28 20:36:22.694046', '{"id":"16a75f3bf080762e","location_id":"1-1000000004","name":"Brookside ‘Homecare’","kind":"entered special measures","group":null,"of":null,"from_":null,"to":null,"published":"2026-10-20","observed_at":"2026-11-28T20:36:22.694046Z","quote":"This service is being placed in special measures.","evidence":"578624a22e5e701382df05d12511c7e474e5a3a9bf08de0746ea4ed0014724e6","rests_on":"page"}', 'entered special measures');
INSERT INTO public.event VALUES (6, '77118ef83558c65a', '1-1000000004', '2026-11-28 20:36:22.694046', '{"id":"77118ef83558c65a","location_id":"1-1000000004","name":"Brookside ‘Homecare’","kind":"downgraded","group":null,"of":"safe","from_":"good","to":"inadequate","published":"2026-10-20","observed_at":"2026-11-28T20:36:22.694046Z","quote":null,"evidence":"578624a22e5e701382df05d12511c7e474e5a3a9bf08de0746ea4ed0014724e6","rests_on":"page"}', 'downgraded');
INSERT INTO public.event VALUES (7, '6f8e4058c4ea298a', '1-1000000004', '2026-11-28 20:36:22.694046', '{"id":"6f8e4058c4ea298a","location_id":"1-1000000004","name":"Brookside ‘Homecare’","kind":"downgraded","group":null,"of":"well-led","from_":"good","to":"inadequate","published":"2026-10-20","observed_at":"2026-11-28T20:36:22.694046Z","quote":null,"evidence":"578624a22e5e701382df05d12511c7e474e5a3a9bf08de0746ea4ed0014724e6","rests_on":"page"}', 'downgraded');
INSERT INTO public.event VALUES (8, 'edeb4152ba75f0e6', '1-1000000004', '2026-11-28 20:36:22.694046', '{"id":"edeb4152ba75f0e6","location_id":"1-1000000004","name":"Brookside ‘Homecare’","kind":"report published","group":null,"of":null,"from_":null,"to":null,"published":"2026-10-20","observed_at":"2026-11-28T20:36:22.694046Z","quote":null,"evidence":"578624a22e5e701382df05d12511c7e474e5a3a9bf08de0746ea4ed0014724e6","rests_on":"page"}', 'report published');
INSERT INTO public.event VALUES (9, '29effac3905567d4', '1-1000000005', '2026-11-28 20:36:25.182127', '{"id":"29effac3905567d4","location_id":"1-1000000005","name":"Netherby Care at Home","kind":"score fell","group":null,"of":"safe","from_":75,"to":66,"published":"2025-04-02","observed_at":"2026-11-28T20:36:25.182127Z","quote":null,"evidence":"5a3dcfe7b0512cd419a51a9adc90be95d2d352d3d2cb3758fbe625695034dc80","rests_on":"page"}', 'score fell');
INSERT INTO public.evidence VALUES ('25ec84754be1df0526776f3b7a09213e53872d83223957f33002c138048ddf7a', 'https://www.cqc.example/location/1-1000000003', 'text/html; charset=utf-8', '2026-11-28 20:36:16.420441', '\x789ccd586d6fdb3610febe5f7155bf6c4055594eecbccc1690a6695e9026699c36188621a045cae24c898a48d9713ff5676c7fafbf647712953899b3ac450b3408228a3cde1def9e7b78cae0d9ebd3dd8bdfcef620b5998a7e1ad00314cb27434fe4fefe2b8fe604e3f8c8846510a7ac34c20ebdca26fe26ad5a6995880eb4523237f0418a39f8b0cb4a01ef2aa6a45dc0aece32698cd4f92068a49db29c6562e8c5a64c7caba722f720d6b91539aa57e1ae106bd32a57fc3ddf7df5ea26bc981ec5e3f4a038b2ef6e468c2c9bb89485855ce731aa39fe505ece4edf8fe29bfd4db3f7f178cf740e4fde4c7d3db939ba084fde78d18c95a0c444e41c86f0bb775a596359ce653ef15e80b7af35a7e7b9b8ae64290cc8ac28f54c64e80fcd1fe68ce312b3c2fbe3d741d018472f02179eb1e60b172c51e280415a8a64e83dcf98ccbd68349505580df4d61e731030144c7499018b2dc667e80546b0324e3d907ce835639f04e8bc8a8d858a46f524e0243030a29cc958c040e645655d40afbd681034c23fb905bb287021959c53941b31527b35aea4e257927b3063aa72b3fe3ce4c7bdf3982fe697f1fa9ff9c1decec70fa7ef7693c375393aba7eeb93370149e23367b36850a968a064747be8204600f8a9ce84f1a21a0cf5980e8caec907c2b4461b3c8451337a54d014d2326548d20d1f11e53ab6ba44c1d7cde031314c833496e4dce811c149253943a051367c0286c434e3b67d375f27e476fe11254535563266946adc7ab6f476b721a05806145587ad1a4d356c0813359a2056cc98a137a36aa33f3ed7992fb9df5963c95a7f7daddbd9e0fd1edf8a37b9e0bd8da4c7d87abfbbd50b3799e808d165a2dbed6ef4c204c5858837b6363637926eaf4389ad54abde0817433a459d45ca4f9becdbb42efbdd8eb010c27ba480670971b668756365954c292f3a6d06dbb0aaf06029f742153ee304f7a0c4a0e51374acc4f840a6d11136d68873b45688ba94c0c934812dc8741476e1b42406e370cc72f1024e844d45395ebc8063817a8dc5d4a5e803beef8510eeecdcd9b7426dffdc09c3fe2fb0bed5874ed85df3a20713cbb6ce1a2870408681b2ca61bcd8766b6d08ec5cfbb15657573529fafe3cd53e4a1adf55b5b78c1c87ac20f4c34ed8efe04f8845c04a3b174a357c7b2c3369055ff6e25c4c249d0afdc09084f0962da0db09d79bf5b41b9db751c271b3a1d0a5851aa826157c1bc2353845188c45893bbbfd66e71d469a30fb286d6b9cac98bfba42b7b2e5d328ddc0be3e8dfb590bee92e79b2acb58b9786e58826118e15f3a150c4cc1f295166af6f2a2551842aec65db7e5f86d1d1449423333b4bdd70eff9fab74df7c57d79047e96aa33ac5e70fe214e6a640baab03767e3bfe419ca35252827bd1250e7cd594d257f8d51060f1152e505090d11c39829b6dfa8427949575e522278e04b2216e761377748025be83f387b756dbb2378e321ff2d2182d4dbdffa22c4eed5014c2481418f4fb1c5144af2b421eb6292572b3ccc5123db722970210a7a5248242fec6402f51b84eea83248810988a055c5748d1e4f7cb66fbd7861749df45a7896ce002f00d42d1458aa5f60cc3b0f605613813ba5002e6c8d498f4825cc3888c173095787d609b9a2480d7034c73bcf0d1fd0c08ab2fe1226dae609833838e098c1fdd37f59d30c59c7cbf403183d75103aa13ec48d155776bb5a0fa574bb8ca36de61ed8d7ca02b231a337529ddf6054b7dfa83ea7f4279d78b8eeb64ecd355b04af55d4fff659ad7bde855a9f59462009f3ffdd5b6ad9f3ffdbdcacc0ae27ac240cf8bdadea4b9db996d7aaf6fa2bdef45eff3ba757a34e82b398d927d99a22bba2adbfe0a32049d4b3947116ea37b09c3f701e71101b5fd5891060a51d2e7039585b88911a8e821da5d34b0c65dbcd6d478f1a48a1aee84fb4c0872aaf64fdc10a659cb174ee3ea0661b5855cdb652b58618d21dc6cc1a4ba52dc551ba40c29ca6a9cc0a554cfe99155c6b666ee1c5886dc93071b338e31b96783e177b2fb5a0436c18f013442658abb0c516689bf13964b539f1c97305dd454a247ce8980d3ed14b4051cd017053e9ff9becbe9bd9203dfafbf513576911132d5a35ff6cbd71d8b91078c1c4b92f2a29de5d7e63e720ad1bcfb6e0eea7f40fc03367491d2', NULL);
INSERT INTO public.evidence VALUES ('578624a22e5e701382df05d12511c7e474e5a3a9bf08de0746ea4ed0014724e6', 'https://www.cqc.example/location/1-1000000004', 'text/html; charset=utf-8', '2026-11-28 20:36:22.582187', '\x789ccd58ef52dc3610ff9ea7d83a5fda9938c6777081f4f00c90bf6d1a1220254da7c3c8d6de5939d93296cc71fdd4c7685faf4fd25d5b860bbd2b4d269909c360595eedae767ffbd38af1378f0e0f4e7e79f5187257e8e4ce981fa04539dd0db00c9fee073c8742d2a3402720cb456dd1ed068d9b84dbfcd529a731d9af8d99592511fefee3cf67a6c04cd4f8f71f7f4108073482d78dd0ca2de0c01485b25699721c752bbde25214b81b64b69e84ceccb00c2033a5c3924c3dc1f4f5cbf9405eeefc3cc2edfccdfecb62f6768acff4b3df9f84a7a1662f6c56abca4169ca8cd41c98699cbebb3c3d39571b6fcfd393f73b970feafd27b34abdc98f9ecce64172216ad038c552c22efc1a1c36ce3a514a554e837b103c3546f2f308cf1b55a3055554b5b9c082fce1f9e7a590f449380c7efb7e1c75c6c98bc8872a3572e10387350d04e4354e7683bb855065901ccf5405ce00bff5db1c47820427a62e40648ee2b31b4416459de50128b91b74e3900578bf5aa4a893e3761268120458ac2f5486305665d5381fd0f32019479df01dffc12d2afa902b2939ca9d18ab3d4b1ba5e59992015c08ddf8d9701fdfab77fbf3bd1ff383fc71797cf65cbcfb419fabd41e3f7ffd28df0ad99b8825e9598a8b64dce864ac5572b5e988a110e684091b242d18da316f985c533784738f9d20e951b456d056ca096d59d20fd7884a93395393e0a36eb04e8cd2a0ac63393f5a23386d94140434ce46c8c020dcb3faa77ebe4dc8d5fc1a2555936a95094e352d7db5f476bd20e258461c558fad164d2d6c18132d9a20d3c2dadde042e11cf84f284d112a19ee88ad41b6bd2571234b1f6cc6431c3e186572b8b3394c479918ee8c261ba3d1d6e4419ce270301cc8d1f67073986d6fee0cb6b7529ae7c436ba576fd1c79077d16691f3d327fb2aadcb7ef7232a84782d41d0be6292a87a3b5465b5d054d387dde0215c171b2c651f75150ac9808f6a0a5b3925d76a8a1014865c11a921a4abd256d8161378992eb4151b4ce2011cd6cc67125e8812efc14b7439d6e9e21ebc40d26b1d252fa7f2a7f7c731c47b7bd7f61dea87df6ec4f1e83bd8dc19c1463c1806c98d89655baf3a3048208e81ba29215d3cf4dffa8dbbb90933a3cfce5a5a0cc3796e4292b4a1afeb60193b1e5b511cc61bf168837e622a0351bb396add31ee0b55288772d98b239c2ade15f9412189e127b180c146bcd97dcf07c9511f251a770b2a533b68a16a73940f491c0e090829d6341c8cba95d728e9c21c92b46b91b262feec8cdc2a9677a34d07fc7637fe6733ba4e5e689ba210f5e2ae15130ac331fde55dc1d856a25c69a1e5af20b9460e7134c95e95e1e7750b27139eb9208b8ffbe1ff7390cf992fea1a15191f695c9ff4fc4a9ca203b5229a6b03767435fe4a9ce302d22883e49406a1ee0ae893a1d6d15ff5098e706888cd3c1d829fedba845b94d56dd5121f1e2331212df613d75440e5bd47f3cfafacf6256f3d5ddee4a4942ccd82ffa22bc9cd50b20dc75851e83fe4872a79d430fea849a9899755894bd4dc8b9c22105a6bc5e444dc4de15ea26f33693732219cc00c1770de103db3dff7fbe527b9b2572d100d53648395161929a4f3925529a1a140611b42e07d38c99198adae8c45d67f538095508f8625bf81cb85ebd55b7fb6b301757d38f18106564d4b35a193bc747ad1b78ddec94fc5009d4a3e855dfa239fa5cf90af019d01dc4152ae861f91ab57682a8d3047de7153b16b14e574013345e71b75d29309d0f905b3927a1272bf002eab2ee4dc25c05c58720c29c97c20b687d68c80f3e50225b8f5e890ff929a6672b54fa647febfbad655b6e990ed5b8667a6b1d89969ebfdaa5d59ba4adc20aa5b940f82e4459b8ca78c9955aad79e67b7681e728bac35c50d7ea6067195ea55379d8f33b215247d03d5352054306d8bb8c2da0a16bf45fb2848de946d7fb736f0ff52da76a194dc53ae5dd3d47d13c8255efab44b12912ef92069f43e963261b02e114a8535df72b834f03223b092876477d1419b56c95653e7c5ad2a5ac833f60b4476aaf50f2f19d7a22736af71756a565b288d5bb64255d619a2c5445fb969b4f41507b9202e758626e8536ee6fc281aeb9648cb3bb00cbb5b37960a4931f9c086a0ebbcbfd48298d29d858c70a9d22acbdc5ed3ef5494cab63befa8963b5ff2c83b11493e46a3be8823bef8d0f39b30f439fda0ec200cdbabb4a1563721b65afb0f88e5735964c40556a58aa582646ff9b53b38bd4232efaff751fb3f937f002003d56f', NULL);
INSERT INTO public.evidence VALUES ('5a3dcfe7b0512cd419a51a9adc90be95d2d352d3d2cb3758fbe625695034dc80', '/location/1-1000000005/reports/AP2001/safe', 'text/html; charset=utf-8', '2026-11-28 20:36:25.063667', '\x789cb556db72db36107df7576cd89776a60c75892c399538633bb1ecb8895d3b75ea743a1e085c8a1893004d805494a7fe43ffb05fd25d90529c369a3ef945b89dbd60cfc152d367af2e8edfdf5ebe86cc1579bc37e50172a197b30075383f0a780f454243814e80cc4465d1cd82daa5e1844f9d7239c6efd065582dd6702c2a04e1e0d41408211c5a8bd616a8dd346a919d232d0a9c05d25669e8cc3dea00a4d18e70b3c0f6cfe6bf5d1e7e6ccec4b2f7f0b6ee8f0ec6abcfc3f59bf0d3e0c3f0ace6a85656aa74a08d96e4a6c8cf97f3f5cdd5cd05be19f69b4fe777988d6ece6f5febdebbfec77e19c48da820c725ea0466f07b70513beb844e945e063f42303726e1f10a1f6a55a1055594956990f3e6fd332d123a120e833f7e9a466d70ca22ea4ab330c9ba2b14563411905598ce82ef0aa174105fdfab129c015e6dae398d040153531520a45346cf82c8a2a86416804aa8087e1e3280ef9b8b05e6f1b5df04da040116ab464984a9d265edba823e04f1346ac17bdd815b977490a924e12ab730767bb7a8559edca9248046e475b71bbe98df2e2f97727c3470274778f7ebdb5385afc659fe79b45e4e4e0f7a9c4dc4481ab568e2699dc7d35cc5db4b4792241066c4bf0d622f073fe70b536aea5f603e6383203eed663b81b6544ee49691dd74073431d2998a80afdac92e18d1a0ac635c37db015cd62a1124346623646128a299cce6ddbe2764bbbfc349592f722505534da6978f565f0c22ae65c455edb4e5d5e465c39af06a02990b6b6741a37005fc1326a60855128e443a16a3496f24c78be1789cec0fe877b1c0118e0f2672d2932381938944290f06889317a23f3e5824fd89147d311af72413db71b9a10204bd18a998bc4d7aa4f2feb75f3b65dca7e332bec2d2540ed2ca143098c0092eaa5a546b18f40623108f1a42b9915036888fdb67419168414e2e34b84c5928298516d9e576d1b0ee71b52df1cff428343d649075ee6ad64f77702d525c52647ee5dbcd33dd98bc617889a6ccb17d979aa240a5ecbdfdca1aa84500a629d20b6d10a865a4e9d6d963b22867c6fbe4a9041b8e2a22983a4cccfda5bd44d9fafdfbcfbfdaeb1528b48515426ea80b265e49c83a62599914561955779b699e406d7d529b23b2b462f57ce3fc3dfbdc34062b4d452ef7f7e17b437d804cfabdde0f3e848f4ddc89e7f05f9907f189e21064b389c1d931cfab0c35af5b16bd9b3d76c312f6799d9a159f4b91131bd42f0982b64bc5766966c36f70469bbe3a0c7c094346d2f203999654185829976deab0ca0c95c1bbdede95637b8ce7e84ba0af35f04441fe5f534f78bb9d1a7d8a9811b7201a9f8521b4e27e098fbea51086fea3661c352e0ae6dbc32fb5c895a35e618a42594b1dcfa7b2959d9092b4a4168a51417cf878d9b6c6ce2185ef3eb491ffb7f20f658fefa4', NULL);
INSERT INTO public.feed VALUES ('location', '2026-11-28 20:35:56', '2026-11-28 20:35:56', '2026-11-28 20:35:56', '2026-11-28 20:50:56', '2026-11-28 20:35:56');
INSERT INTO public.feed_key VALUES ('Leeds', 2, 'a556399873cc8740b819ca194f8751aaaf512bf1ab6bb268f682b90a1fd78bf6', '2026-11-18 20:35:56');
INSERT INTO public.feed_named VALUES ('2026-11-28', '1-1000000002');
INSERT INTO public.message VALUES ('6c8a45e5eb1e4e689646480bc35fd161', 'digest', 'mailto:no-reports@council.example', '78a16d946fa7fee05d1d9bec5cd41c36bee72951f1fd3b6d1439611fbe59e9eb', '{"events": ["silent 2026-11-28T08:00:00+00:00"], "period": "daily", "stale": [["1-1000000006", null]]}', '2026-11-28 20:36:10.903925', 'sent', 1, 0, NULL, '2026-11-28 20:36:10.903925', NULL, '250 2.0.0 queued as SIM00009', '2026-11-28 20:36:13.893546', NULL, NULL, '{"subject":"CQC daily digest: no news; 1 service could not be read","sections":[{"role":"title","heading":"CQC daily digest","said":[],"notes":["This covers 18 November 2026 at 8:35pm to 28 November 2026 at 8:36pm.","No news; 1 service could not be read."],"facts":[],"link":null,"links":[]},{"role":"part","heading":"Not read well","said":[],"notes":["We have not been able to read what CQC publishes about these services. That you hear nothing about them does not mean that nothing happened: please look yourself."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006: never read well yet","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because you asked for the daily digest.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('1deb8ea313504c12822d826ce0b66a0c', 'welcome', 'mailto:all@council.example', '4f2bc905e4e39e075bec9e4dc18e078bfe2c6afa873d6fc505282294e879e6dc', '{"events": []}', '2026-11-28 20:36:10.903925', 'sent', 1, 0, NULL, '2026-11-28 20:36:10.903925', NULL, '250 2.0.0 queued as SIM00004', '2026-11-28 20:36:13.257146', NULL, NULL, '{"subject":"Care at home: watching 2 services","sections":[{"role":"title","heading":"Care at home: watching 2 services","said":[],"notes":["You will get a message as soon as we see that a rating fell or was withdrawn, that a service entered or remains in special measures, or that CQC took enforcement action. Other changes come with the next message, or once a day.","None of the 2 services that we have read is rated Inadequate, overall or for a key question, or stated to be in special measures."],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because this address was subscribed to the watchlist Care at home.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('47b36aaa886656088b2c90ca0822a7e8', 'confirm', 'mailto:unconfirmed@council.example', '5e31a3eb7a150078cebd6b982ca57041c62bac76dd8ebb80c6128867251a196f', '{"watchlist": "Leeds", "asked_by": "editor@council.example"}', '2026-11-18 20:35:56', 'sent', 1, 0, NULL, '2026-11-18 20:35:56', NULL, '250 2.0.0 queued as SIM00001', '2026-11-28 20:36:12.626596', NULL, NULL, NULL);
INSERT INTO public.message VALUES ('dbe50be397ec46cca9f9aff82cf31e4a', 'sign in', 'mailto:operator@council.example', '6546ee61a068285a1041fa9b268b139ae9988b5e66694e8db02864f509bb8cf5', '{"token": "gAAAAABrCzs4YrvFrymrLOQtS4eL35COyuPkQdbzSZWedeii1sR2inUvHz1acHKkncB1KQyiYPybfR1T3yRFoxn7Ve-hs_onklZSm4FgDS8PSeMzFjxaFFinJOey5U_kuHLH8R86fV9n", "until": "2026-12-05T20:35:56+00:00", "invitation": true}', '2026-11-18 20:35:56', 'sent', 1, 0, NULL, '2026-11-18 20:35:56', NULL, '250 2.0.0 queued as SIM00002', '2026-11-28 20:36:12.632024', NULL, NULL, NULL);
INSERT INTO public.message VALUES ('d8857f7223fe5635b2119b4b3f9319da', 'trouble', 'mailto:oncall@council.example', 'ec78b8d1ecc0f32075efd2cd92dbf632b7d86a67f486315bc3ed295b36d0df01', '{"subject": "1 service has not been read well for too long", "lines": ["1-1000000006 : CQC''s answer was empty"]}', '2026-11-28 20:36:10.879133', 'sent', 1, 0, NULL, '2026-11-28 20:36:10.879133', NULL, '250 2.0.0 queued as SIM00003', '2026-11-28 20:36:12.637482', NULL, NULL, NULL);
INSERT INTO public.message VALUES ('fee6a21609524e72984941d6681b2292', 'digest', 'mailto:gone@council.example', '3cd15bae1cefee5628cc3c46963cc0a0affe01543db69fd6a0b62589f71b41f0', '{"events": ["silent 2026-11-28T07:30:00+00:00"], "period": "daily", "stale": [["1-1000000006", null]]}', '2026-11-28 20:36:10.903925', 'dead', 1, 0, NULL, '2026-11-28 20:36:10.903925', NULL, '550 No such user (at RCPT TO)', NULL, NULL, '2026-11-28 20:36:14.37923', NULL);
INSERT INTO public.message VALUES ('e023422e443b4445948c876c8395cf5d', 'digest', 'mailto:weekly@council.example', 'bc7a07bd1559b78a0e2d7f0a5e7754c27df4c4616bc16164ea91b8ef4ddfac01', '{"events": ["silent 2026-11-25T07:30:00+00:00"], "period": "weekly", "stale": [["1-1000000006", null]]}', '2026-11-28 20:36:10.903925', 'sent', 1, 0, NULL, '2026-11-28 20:36:10.903925', NULL, '250 2.0.0 queued as SIM00013', '2026-11-28 20:36:14.292642', NULL, NULL, '{"subject":"CQC weekly digest: no news; 1 service could not be read","sections":[{"role":"title","heading":"CQC weekly digest","said":[],"notes":["This covers 18 November 2026 at 8:35pm to 28 November 2026 at 8:36pm.","No news; 1 service could not be read."],"facts":[],"link":null,"links":[]},{"role":"part","heading":"Not read well","said":[],"notes":["We have not been able to read what CQC publishes about these services. That you hear nothing about them does not mean that nothing happened: please look yourself."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006: never read well yet","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because you asked for the weekly digest.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('feb6db3612344da286865118976b796d', 'digest', 'gAAAAABrCzszINMUmOWWG_32vt3zueo85jhjpKm_zWnp2zhI1ZH6OhjgZ_olpFLsxsQ8LH-swGz7TdxUDNgkV-Ae6IOqodBTlsZoPcIxxJecL_ppbW3xoDT7yTl0eq9wMN7dGEXsU4g6', '918bedb9c6077481ade2eaeb331eda4da2bddcca2fce1cd2950e26595898e8bf', '{"events": ["silent 2026-11-25T07:30:00+00:00"], "period": "weekly", "stale": [["1-1000000006", null]]}', '2026-11-28 20:36:10.903925', 'pending', 1, 0, NULL, '2026-11-28 20:36:23.42272', NULL, '404 Not Found', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('7c7e5e3631334df68fcd27a26ca6d5c7', 'digest', 'gAAAAABrCzsze8cVihAOT0ho8eN9dkh6osEX1l64fBLrAcXWsfut7L0FU1NHFwrhLpGRoJnEIG4wyhs6rSL1HBsfnSvTHxKoIz6z87-2WwSCuBRb2czlgTLEfDHk6GtFgKB_i85t5lgePGKaF6RmYYXNXcHQm1_-Kg==', '7718951d8cbbd13f8269587288d0a62604ab80bb7a1d3151795611bf32c26046', '{"events": ["silent 2026-11-28T07:30:00+00:00"], "period": "daily", "stale": [["1-1000000006", null]]}', '2026-11-28 20:36:10.903925', 'pending', 2, 0, NULL, '2026-11-28 20:36:23.42272', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('413bc109608d4567ad0669e117d938a7', 'welcome', 'mailto:none@council.example', '4304186f64bb94a19e173eacf36a99938036539b38299134e618b6cda2fc2580', '{"events": []}', '2026-11-28 20:36:10.903925', 'sent', 1, 0, NULL, '2026-11-28 20:36:10.903925', NULL, '250 2.0.0 queued as SIM00006', '2026-11-28 20:36:13.260179', NULL, NULL, '{"subject":"Care at home: watching 2 services","sections":[{"role":"title","heading":"Care at home: watching 2 services","said":[],"notes":["You will get a message as soon as we see that a rating fell or was withdrawn, that a service entered or remains in special measures, or that CQC took enforcement action. Other changes come with the next message, or once a day.","None of the 2 services that we have read is rated Inadequate, overall or for a key question, or stated to be in special measures."],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because this address was subscribed to the watchlist Care at home.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('1e5b9ba886a347ed82ae302f106c494f', 'welcome', 'mailto:no-reports@council.example', '78a16d946fa7fee05d1d9bec5cd41c36bee72951f1fd3b6d1439611fbe59e9eb', '{"events": []}', '2026-11-28 20:36:10.903925', 'sent', 1, 0, NULL, '2026-11-28 20:36:10.903925', NULL, '250 2.0.0 queued as SIM00005', '2026-11-28 20:36:13.258691', NULL, NULL, '{"subject":"Leeds: watching 6 services, 1 already inadequate or in special measures, 1 not read yet","sections":[{"role":"title","heading":"Leeds: watching 6 services","said":[],"notes":["You will get a message as soon as we see that a rating fell or was withdrawn, that a service entered or remains in special measures, or that CQC took enforcement action. Other changes come with the next message, or once a day.","Of the 5 services that we have read, this one is already rated Inadequate, overall or for a key question, or in special measures."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"Larch Grove","said":[{"text":"Overall rating: Inadequate","urgent":true,"detail":null,"quote":null,"link":null},{"text":"Rated Inadequate for Caring, Effective, Responsive, Safe and Well-led","urgent":true,"detail":null,"quote":null,"link":null},{"text":"In special measures","urgent":true,"detail":null,"quote":"CQC writes: “This service remains in special measures.”","link":null}],"notes":[],"facts":[{"label":"Type","value":"Care home"},{"label":"Address","value":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA"},{"label":"Provider","value":"Hartwell Care Limited"}],"link":{"text":"CQC''s page about Larch Grove","url":"https://www.cqc.example/location/1-1000000002"},"links":[]},{"role":"part","heading":"Not read yet","said":[],"notes":["We have not been able to read what CQC publishes about these services, and keep trying. Until then we cannot tell you about them."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because this address was subscribed to the watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('555c40b56e7d4c5981309ea7bbdbb8f6', 'still watching', 'mailto:weekly@council.example', 'bc7a07bd1559b78a0e2d7f0a5e7754c27df4c4616bc16164ea91b8ef4ddfac01', '{"events": [], "period": "weekly", "total": 6, "all_since": "2026-11-28T20:36:10.360108+00:00", "stale": [["1-1000000006", null]]}', '2026-11-28 20:36:10.903925', 'sent', 1, 0, NULL, '2026-11-28 20:36:10.903925', NULL, '250 2.0.0 queued as SIM00007', '2026-11-28 20:36:13.362653', NULL, NULL, '{"subject":"Leeds: still watching 6 services, 1 of them not read well","sections":[{"role":"title","heading":"Leeds: still watching 6 services, 1 of them not read well","said":[],"notes":["As of 28 November 2026 at 8:36pm.","This is a sign of life and says nothing of what changed: that comes in messages of its own. You should get one every week. If it stays away, please ask whoever runs the monitor."],"facts":[],"link":null,"links":[]},{"role":"part","heading":"Not read well","said":[],"notes":["We have not been able to read what CQC publishes about these services. That you hear nothing about them does not mean that nothing happened: please look yourself."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006: never read well yet","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because a weekly sign of life was asked for with your watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('9966fcce742b4b50af3a31e32f2b387c', 'digest', 'mailto:daily@council.example', '8371779183afef49137df4fcb3b04be01a95ce995c014ef8efff34d1d10e0630', '{"events": ["silent 2026-11-28T07:30:00+00:00"], "period": "daily", "stale": [["1-1000000006", null]]}', '2026-11-28 20:36:10.903925', 'sent', 1, 0, NULL, '2026-11-28 20:36:10.903925', NULL, '250 2.0.0 queued as SIM00008', '2026-11-28 20:36:13.521852', NULL, NULL, '{"subject":"CQC daily digest: no news; 1 service could not be read","sections":[{"role":"title","heading":"CQC daily digest","said":[],"notes":["This covers 18 November 2026 at 8:35pm to 28 November 2026 at 8:36pm.","No news; 1 service could not be read."],"facts":[],"link":null,"links":[]},{"role":"part","heading":"Not read well","said":[],"notes":["We have not been able to read what CQC publishes about these services. That you hear nothing about them does not mean that nothing happened: please look yourself."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006: never read well yet","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because you asked for the daily digest.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('a888ca5d4c3b49319f5ddde776c34dae', 'welcome', 'mailto:few@council.example', 'a854adc9eadc7a74e5a360947ffdbbe8072bb32ae06c0ddd5a73fc67bda51dfd', '{"events": []}', '2026-11-28 20:36:10.903925', 'sent', 1, 0, NULL, '2026-11-28 20:36:10.903925', NULL, '250 2.0.0 queued as SIM00011', '2026-11-28 20:36:14.011782', NULL, NULL, '{"subject":"Leeds: watching 6 services, 1 already inadequate or in special measures, 1 not read yet","sections":[{"role":"title","heading":"Leeds: watching 6 services","said":[],"notes":["You will get a message as soon as we see that a rating fell or was withdrawn, that a service entered or remains in special measures, or that CQC took enforcement action. Other changes come with the next message, or once a day.","Of the 5 services that we have read, this one is already rated Inadequate, overall or for a key question, or in special measures."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"Larch Grove","said":[{"text":"Overall rating: Inadequate","urgent":true,"detail":null,"quote":null,"link":null},{"text":"Rated Inadequate for Caring, Effective, Responsive, Safe and Well-led","urgent":true,"detail":null,"quote":null,"link":null},{"text":"In special measures","urgent":true,"detail":null,"quote":"CQC writes: “This service remains in special measures.”","link":null}],"notes":[],"facts":[{"label":"Type","value":"Care home"},{"label":"Address","value":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA"},{"label":"Provider","value":"Hartwell Care Limited"}],"link":{"text":"CQC''s page about Larch Grove","url":"https://www.cqc.example/location/1-1000000002"},"links":[]},{"role":"part","heading":"Not read yet","said":[],"notes":["We have not been able to read what CQC publishes about these services, and keep trying. Until then we cannot tell you about them."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because this address was subscribed to the watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('9e673be0f6e544bc8ea5b4122de3780e', 'alert', 'mailto:no-reports@council.example', '78a16d946fa7fee05d1d9bec5cd41c36bee72951f1fd3b6d1439611fbe59e9eb', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e", "77118ef83558c65a", "6f8e4058c4ea298a"]}', '2026-11-28 20:36:23.42272', 'pending', 1, 0, NULL, '2026-11-28 20:36:23.42272', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('9e9f284e66b24e21bb8c0550e72426f3', 'welcome', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', '{"events": []}', '2026-11-28 20:36:10.903925', 'sent', 1, 0, NULL, '2026-11-28 20:36:10.903925', NULL, '250 2.0.0 queued as SIM00010', '2026-11-28 20:36:13.96532', NULL, NULL, '{"subject":"Leeds: watching 6 services, 1 already inadequate or in special measures, 1 not read yet","sections":[{"role":"title","heading":"Leeds: watching 6 services","said":[],"notes":["You will get a message as soon as we see that a rating fell or was withdrawn, that a service entered or remains in special measures, or that CQC took enforcement action. Other changes come with the next message, or once a day.","Of the 5 services that we have read, this one is already rated Inadequate, overall or for a key question, or in special measures."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"Larch Grove","said":[{"text":"Overall rating: Inadequate","urgent":true,"detail":null,"quote":null,"link":null},{"text":"Rated Inadequate for Caring, Effective, Responsive, Safe and Well-led","urgent":true,"detail":null,"quote":null,"link":null},{"text":"In special measures","urgent":true,"detail":null,"quote":"CQC writes: “This service remains in special measures.”","link":null}],"notes":[],"facts":[{"label":"Type","value":"Care home"},{"label":"Address","value":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA"},{"label":"Provider","value":"Hartwell Care Limited"}],"link":{"text":"CQC''s page about Larch Grove","url":"https://www.cqc.example/location/1-1000000002"},"links":[]},{"role":"part","heading":"Not read yet","said":[],"notes":["We have not been able to read what CQC publishes about these services, and keep trying. Until then we cannot tell you about them."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because this address was subscribed to the watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('d5706cbd7598437f826a769f571d6238', 'digest', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', '{"events": ["silent 2026-11-28T07:30:00+00:00"], "period": "daily", "stale": [["1-1000000006", null]]}', '2026-11-28 20:36:10.903925', 'sent', 1, 0, NULL, '2026-11-28 20:36:10.903925', NULL, '250 2.0.0 queued as SIM00017', '2026-11-28 20:36:14.705037', NULL, NULL, '{"subject":"CQC daily digest: no news; 1 service could not be read","sections":[{"role":"title","heading":"CQC daily digest","said":[],"notes":["This covers 18 November 2026 at 8:35pm to 28 November 2026 at 8:36pm.","No news; 1 service could not be read."],"facts":[],"link":null,"links":[]},{"role":"part","heading":"Not read well","said":[],"notes":["We have not been able to read what CQC publishes about these services. That you hear nothing about them does not mean that nothing happened: please look yourself."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006: never read well yet","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because you asked for the daily digest.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('b26c7dfa315b486c96ca92c819a7badf', 'still watching', 'mailto:all@council.example', '4f2bc905e4e39e075bec9e4dc18e078bfe2c6afa873d6fc505282294e879e6dc', '{"events": [], "period": "weekly", "total": 2, "all_since": "2026-11-28T20:36:10.535498+00:00", "stale": []}', '2026-11-28 20:36:10.903925', 'sent', 1, 0, NULL, '2026-11-28 20:36:10.903925', NULL, '250 2.0.0 queued as SIM00012', '2026-11-28 20:36:14.215324', NULL, NULL, '{"subject":"Care at home: still watching 2 services, all read within the last hour","sections":[{"role":"title","heading":"Care at home: still watching 2 services, all read within the last hour","said":[],"notes":["As of 28 November 2026 at 8:36pm.","This is a sign of life and says nothing of what changed: that comes in messages of its own. You should get one every week. If it stays away, please ask whoever runs the monitor."],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because a weekly sign of life was asked for with your watchlist Care at home.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('d52d7d0ffcbb45d3bbc16b9511b48c5c', 'digest', 'mailto:few@council.example', 'a854adc9eadc7a74e5a360947ffdbbe8072bb32ae06c0ddd5a73fc67bda51dfd', '{"events": ["silent 2026-11-28T08:00:00+00:00"], "period": "daily", "stale": [["1-1000000006", null]]}', '2026-11-28 20:36:10.903925', 'sent', 1, 0, NULL, '2026-11-28 20:36:10.903925', NULL, '250 2.0.0 queued as SIM00015', '2026-11-28 20:36:14.509675', NULL, NULL, '{"subject":"CQC daily digest: no news; 1 service could not be read","sections":[{"role":"title","heading":"CQC daily digest","said":[],"notes":["This covers 18 November 2026 at 8:35pm to 28 November 2026 at 8:36pm.","No news; 1 service could not be read."],"facts":[],"link":null,"links":[]},{"role":"part","heading":"Not read well","said":[],"notes":["We have not been able to read what CQC publishes about these services. That you hear nothing about them does not mean that nothing happened: please look yourself."],"facts":[],"link":null,"links":[]},{"role":"service","heading":"","said":[{"text":"1-1000000006: never read well yet","urgent":false,"detail":null,"quote":null,"link":{"text":"CQC''s page about 1-1000000006","url":"https://www.cqc.example/location/1-1000000006"}}],"notes":[],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because you asked for the daily digest.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('f4450c4ed1254999bc632d62bb6a699a', 'welcome', 'mailto:scores@council.example', '715555080b1481056eab9d9a4b060dc7107276da36b10145b3da8c1e9e8b61e9', '{"events": []}', '2026-11-28 20:36:10.903925', 'sent', 1, 0, NULL, '2026-11-28 20:36:10.903925', NULL, '250 2.0.0 queued as SIM00014', '2026-11-28 20:36:14.29574', NULL, NULL, '{"subject":"Care at home: watching 2 services","sections":[{"role":"title","heading":"Care at home: watching 2 services","said":[],"notes":["You will get a message as soon as we see that a rating fell or was withdrawn, that a service entered or remains in special measures, or that CQC took enforcement action. Other changes come with the next message, or once a day.","None of the 2 services that we have read is rated Inadequate, overall or for a key question, or stated to be in special measures."],"facts":[],"link":null,"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because this address was subscribed to the watchlist Care at home.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('83803b8bde4f4d0cbee066821dd79de3', 'alert', 'mailto:none@council.example', '4304186f64bb94a19e173eacf36a99938036539b38299134e618b6cda2fc2580', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e"]}', '2026-11-28 20:36:23.42272', 'pending', 1, 0, NULL, '2026-11-28 20:36:23.42272', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('dc1440510aff55aba430e55a5b29c67a', 'trouble', 'mailto:oncall@council.example', 'ec78b8d1ecc0f32075efd2cd92dbf632b7d86a67f486315bc3ed295b36d0df01', '{"subject": "a message could not be delivered", "lines": ["To mailto:gone@council.example: 550 No such user (at RCPT TO)", "Given up at attempt 1.", "cqc-monitor outbox list names it; once the cause is put right, cqc-monitor outbox retry sends it again."]}', '2026-11-28 20:36:14.37923', 'sent', 1, 0, NULL, '2026-11-28 20:36:14.37923', NULL, '250 2.0.0 queued as SIM00016', '2026-11-28 20:36:14.64433', NULL, NULL, NULL);
INSERT INTO public.message VALUES ('9b2dd2a7e5505d598da027b275c51d03', 'trouble', 'mailto:oncall@council.example', 'ec78b8d1ecc0f32075efd2cd92dbf632b7d86a67f486315bc3ed295b36d0df01', '{"subject": "a message could not be delivered", "lines": ["To mailto:gone@council.example: 550 No such user (at RCPT TO)", "Given up at attempt 1.", "Hollins View (1-1000000003), Care home, 12 Orchard Lane, Netherby, Leicestershire, LE1 1AA", "Overall rating fell from Good to Requires improvement. Published by CQC 13 October 2026, seen by us 28 November 2026 at 8:36pm.", "Rating for Safe fell from Good to Requires improvement. Published by CQC 13 October 2026, seen by us 28 November 2026 at 8:36pm.", "New report published. Published by CQC 13 October 2026, seen by us 28 November 2026 at 8:36pm.", "https://www.cqc.example/location/1-1000000003", "cqc-monitor outbox list names it; once the cause is put right, cqc-monitor outbox retry sends it again."]}', '2026-11-28 20:36:17.962657', 'sent', 1, 0, NULL, '2026-11-28 20:36:17.962657', NULL, '250 2.0.0 queued as SIM00021', '2026-11-28 20:36:18.710461', NULL, NULL, NULL);
INSERT INTO public.message VALUES ('0af10562d904431094d136491ab2aec1', 'alert', 'mailto:no-reports@council.example', '78a16d946fa7fee05d1d9bec5cd41c36bee72951f1fd3b6d1439611fbe59e9eb', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53"]}', '2026-11-28 20:36:17.055819', 'sent', 1, 0, NULL, '2026-11-28 20:36:17.055819', NULL, '250 2.0.0 queued as SIM00018', '2026-11-28 20:36:17.850284', NULL, NULL, '{"subject":"Hollins View: overall rating fell from Good to Requires improvement","sections":[{"role":"title","heading":"Hollins View","said":[{"text":"Overall rating fell from Good to Requires improvement","urgent":true,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/29acb6e3331afeee"}},{"text":"Rating for Safe fell from Good to Requires improvement","urgent":true,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/f20c1ed2f5da8d53"}}],"notes":[],"facts":[{"label":"Type","value":"Care home"},{"label":"Address","value":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA"},{"label":"Provider","value":"Hartwell Care Limited"},{"label":"Published by CQC","value":"13 October 2026"},{"label":"Seen by us","value":"28 November 2026 at 8:36pm"}],"link":{"text":"CQC''s page about Hollins View","url":"https://www.cqc.example/location/1-1000000003"},"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because Hollins View is on your watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('2a71968f342a49e8986f579d7ec27105', 'alert', 'mailto:gone@council.example', '3cd15bae1cefee5628cc3c46963cc0a0affe01543db69fd6a0b62589f71b41f0', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53", "3b7cfc4525ad2603"]}', '2026-11-28 20:36:17.055819', 'dead', 1, 0, NULL, '2026-11-28 20:36:17.055819', NULL, '550 No such user (at RCPT TO)', NULL, NULL, '2026-11-28 20:36:17.962657', NULL);
INSERT INTO public.message VALUES ('9b28c8fd397c4d57b3430050ee82b009', 'alert', 'mailto:scores@council.example', '715555080b1481056eab9d9a4b060dc7107276da36b10145b3da8c1e9e8b61e9', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e"]}', '2026-11-28 20:36:23.42272', 'pending', 1, 0, NULL, '2026-11-28 20:36:23.42272', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('4bd1a413699c4cc0b81830f66225bbb0', 'alert', 'mailto:few@council.example', 'a854adc9eadc7a74e5a360947ffdbbe8072bb32ae06c0ddd5a73fc67bda51dfd', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e", "77118ef83558c65a", "6f8e4058c4ea298a"]}', '2026-11-28 20:36:23.42272', 'pending', 0, 0, NULL, '2026-11-28 20:36:23.42272', NULL, '404 Not Found', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('7dc3f6cb093740e88aaf7608d5ad335c', 'alert', 'mailto:all@council.example', '4f2bc905e4e39e075bec9e4dc18e078bfe2c6afa873d6fc505282294e879e6dc', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e", "77118ef83558c65a", "6f8e4058c4ea298a", "edeb4152ba75f0e6"]}', '2026-11-28 20:36:23.42272', 'pending', 1, 0, NULL, '2026-11-28 20:36:23.42272', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('f3d56056443e47b29e81aba4711296ee', 'alert', 'gAAAAABrCzsze8cVihAOT0ho8eN9dkh6osEX1l64fBLrAcXWsfut7L0FU1NHFwrhLpGRoJnEIG4wyhs6rSL1HBsfnSvTHxKoIz6z87-2WwSCuBRb2czlgTLEfDHk6GtFgKB_i85t5lgePGKaF6RmYYXNXcHQm1_-Kg==', '7718951d8cbbd13f8269587288d0a62604ab80bb7a1d3151795611bf32c26046', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53", "3b7cfc4525ad2603"]}', '2026-11-28 20:36:17.055819', 'pending', 2, 0, NULL, '2026-11-28 20:36:23.42272', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('82ed050b66be4c718ff55c7f5a7b6eb4', 'alert', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53", "3b7cfc4525ad2603"]}', '2026-11-28 20:36:17.055819', 'sent', 1, 0, NULL, '2026-11-28 20:36:17.055819', NULL, '250 2.0.0 queued as SIM00019', '2026-11-28 20:36:18.145816', NULL, NULL, '{"subject":"Hollins View: overall rating fell from Good to Requires improvement","sections":[{"role":"title","heading":"Hollins View","said":[{"text":"Overall rating fell from Good to Requires improvement","urgent":true,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/29acb6e3331afeee"}},{"text":"Rating for Safe fell from Good to Requires improvement","urgent":true,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/f20c1ed2f5da8d53"}},{"text":"New report published","urgent":false,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/3b7cfc4525ad2603"}}],"notes":[],"facts":[{"label":"Type","value":"Care home"},{"label":"Address","value":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA"},{"label":"Provider","value":"Hartwell Care Limited"},{"label":"Published by CQC","value":"13 October 2026"},{"label":"Seen by us","value":"28 November 2026 at 8:36pm"}],"link":{"text":"CQC''s page about Hollins View","url":"https://www.cqc.example/location/1-1000000003"},"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because Hollins View is on your watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('f6c577b4b78944aebc7a688b567e25e7', 'alert', 'mailto:few@council.example', 'a854adc9eadc7a74e5a360947ffdbbe8072bb32ae06c0ddd5a73fc67bda51dfd', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53"]}', '2026-11-28 20:36:17.055819', 'sent', 1, 0, NULL, '2026-11-28 20:36:17.055819', NULL, '250 2.0.0 queued as SIM00020', '2026-11-28 20:36:18.533129', NULL, NULL, '{"subject":"Hollins View: overall rating fell from Good to Requires improvement","sections":[{"role":"title","heading":"Hollins View","said":[{"text":"Overall rating fell from Good to Requires improvement","urgent":true,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/29acb6e3331afeee"}},{"text":"Rating for Safe fell from Good to Requires improvement","urgent":true,"detail":null,"quote":null,"link":{"text":"See the evidence, and say who has it in hand","url":"https://monitor.council.example/events/f20c1ed2f5da8d53"}}],"notes":[],"facts":[{"label":"Type","value":"Care home"},{"label":"Address","value":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA"},{"label":"Provider","value":"Hartwell Care Limited"},{"label":"Published by CQC","value":"13 October 2026"},{"label":"Seen by us","value":"28 November 2026 at 8:36pm"}],"link":{"text":"CQC''s page about Hollins View","url":"https://www.cqc.example/location/1-1000000003"},"links":[]},{"role":"closing","heading":"","said":[],"notes":["You get this because Hollins View is on your watchlist Leeds.","Contains CQC information, licensed under the Open Government Licence v3.0."],"facts":[],"link":null,"links":[]}]}');
INSERT INTO public.message VALUES ('04bea39a33864185a0a8e97af2d8aa7f', 'alert', 'mailto:gone@council.example', '3cd15bae1cefee5628cc3c46963cc0a0affe01543db69fd6a0b62589f71b41f0', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e", "77118ef83558c65a", "6f8e4058c4ea298a", "edeb4152ba75f0e6"]}', '2026-11-28 20:36:23.42272', 'pending', 1, 0, NULL, '2026-11-28 20:36:23.42272', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('39f81c06ec7d475996468df99c3996b8', 'alert', 'gAAAAABrCzsze8cVihAOT0ho8eN9dkh6osEX1l64fBLrAcXWsfut7L0FU1NHFwrhLpGRoJnEIG4wyhs6rSL1HBsfnSvTHxKoIz6z87-2WwSCuBRb2czlgTLEfDHk6GtFgKB_i85t5lgePGKaF6RmYYXNXcHQm1_-Kg==', '7718951d8cbbd13f8269587288d0a62604ab80bb7a1d3151795611bf32c26046', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e", "77118ef83558c65a", "6f8e4058c4ea298a", "edeb4152ba75f0e6"]}', '2026-11-28 20:36:23.42272', 'pending', 1, 0, NULL, '2026-11-28 20:36:23.42272', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('8a027c1031df41249422f871bb9d6d3b', 'alert', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', '{"events": ["529c5bdc075fddcc", "16a75f3bf080762e", "77118ef83558c65a", "6f8e4058c4ea298a", "edeb4152ba75f0e6"]}', '2026-11-28 20:36:23.42272', 'pending', 1, 0, NULL, '2026-11-28 20:36:23.42272', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('5b6e1243fdb24615b3944caf8802d143', 'still watching', 'gAAAAABrCzsze8cVihAOT0ho8eN9dkh6osEX1l64fBLrAcXWsfut7L0FU1NHFwrhLpGRoJnEIG4wyhs6rSL1HBsfnSvTHxKoIz6z87-2WwSCuBRb2czlgTLEfDHk6GtFgKB_i85t5lgePGKaF6RmYYXNXcHQm1_-Kg==', '7718951d8cbbd13f8269587288d0a62604ab80bb7a1d3151795611bf32c26046', '{"events": [], "period": "weekly", "total": 6, "all_since": "2026-11-28T20:36:10.360108+00:00", "stale": [["1-1000000006", null]]}', '2026-11-28 20:36:10.903925', 'pending', 2, 0, NULL, '2026-11-28 20:36:23.42272', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES ('75cb307f8f834d51862596ecaceffcb0', 'welcome', 'gAAAAABrCzsze8cVihAOT0ho8eN9dkh6osEX1l64fBLrAcXWsfut7L0FU1NHFwrhLpGRoJnEIG4wyhs6rSL1HBsfnSvTHxKoIz6z87-2WwSCuBRb2czlgTLEfDHk6GtFgKB_i85t5lgePGKaF6RmYYXNXcHQm1_-Kg==', '7718951d8cbbd13f8269587288d0a62604ab80bb7a1d3151795611bf32c26046', '{"events": []}', '2026-11-28 20:36:10.903925', 'pending', 2, 0, NULL, '2026-11-28 20:36:23.42272', NULL, '451 Not now', NULL, NULL, NULL, NULL);
INSERT INTO public.notice VALUES (5, 'welcome', 11, '2026-11-18 20:35:56', false, NULL);
INSERT INTO public.notice VALUES (1, 'welcome', 1, '2026-11-18 20:35:56', false, '9e9f284e66b24e21bb8c0550e72426f3');
INSERT INTO public.notice VALUES (2, 'welcome', 5, '2026-11-18 20:35:56', false, '75cb307f8f834d51862596ecaceffcb0');
INSERT INTO public.notice VALUES (3, 'welcome', 9, '2026-11-18 20:35:56', false, '1e5b9ba886a347ed82ae302f106c494f');
INSERT INTO public.notice VALUES (4, 'welcome', 10, '2026-11-18 20:35:56', false, 'a888ca5d4c3b49319f5ddde776c34dae');
INSERT INTO public.notice VALUES (6, 'welcome', 12, '2026-11-18 20:35:56', false, '1deb8ea313504c12822d826ce0b66a0c');
INSERT INTO public.notice VALUES (7, 'welcome', 13, '2026-11-18 20:35:56', false, 'f4450c4ed1254999bc632d62bb6a699a');
INSERT INTO public.notice VALUES (8, 'welcome', 14, '2026-11-18 20:35:56', false, '413bc109608d4567ad0669e117d938a7');
INSERT INTO public.notice VALUES (17, 'still watching 2026-11-25T07:30:00+00:00', 4, '2026-11-25 07:30:00', false, '555c40b56e7d4c5981309ea7bbdbb8f6');
INSERT INTO public.notice VALUES (18, 'still watching 2026-11-25T07:30:00+00:00', 5, '2026-11-25 07:30:00', false, '5b6e1243fdb24615b3944caf8802d143');
INSERT INTO public.notice VALUES (19, 'still watching 2026-11-23T08:00:00+00:00', 12, '2026-11-23 08:00:00', false, 'b26c7dfa315b486c96ca92c819a7badf');
INSERT INTO public.notice VALUES (9, 'silent 2026-11-28T07:30:00+00:00', 1, '2026-11-28 07:30:00', false, 'd5706cbd7598437f826a769f571d6238');
INSERT INTO public.notice VALUES (10, 'silent 2026-11-28T07:30:00+00:00', 2, '2026-11-28 07:30:00', false, 'fee6a21609524e72984941d6681b2292');
INSERT INTO public.notice VALUES (11, 'silent 2026-11-28T07:30:00+00:00', 3, '2026-11-28 07:30:00', false, '9966fcce742b4b50af3a31e32f2b387c');
INSERT INTO public.notice VALUES (12, 'silent 2026-11-25T07:30:00+00:00', 4, '2026-11-25 07:30:00', false, 'e023422e443b4445948c876c8395cf5d');
INSERT INTO public.notice VALUES (13, 'silent 2026-11-28T07:30:00+00:00', 5, '2026-11-28 07:30:00', false, '7c7e5e3631334df68fcd27a26ca6d5c7');
INSERT INTO public.notice VALUES (14, 'silent 2026-11-25T07:30:00+00:00', 7, '2026-11-25 07:30:00', false, 'feb6db3612344da286865118976b796d');
INSERT INTO public.notice VALUES (15, 'silent 2026-11-28T08:00:00+00:00', 9, '2026-11-28 08:00:00', false, '6c8a45e5eb1e4e689646480bc35fd161');
INSERT INTO public.notice VALUES (16, 'silent 2026-11-28T08:00:00+00:00', 10, '2026-11-28 08:00:00', false, 'd52d7d0ffcbb45d3bbc16b9511b48c5c');
INSERT INTO public.notice VALUES (22, '29acb6e3331afeee', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (23, '29acb6e3331afeee', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (25, '29acb6e3331afeee', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (30, 'f20c1ed2f5da8d53', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (31, 'f20c1ed2f5da8d53', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (33, 'f20c1ed2f5da8d53', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (38, '3b7cfc4525ad2603', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (39, '3b7cfc4525ad2603', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (41, '3b7cfc4525ad2603', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (20, '29acb6e3331afeee', 1, '2026-11-28 20:36:16.49886', true, '82ed050b66be4c718ff55c7f5a7b6eb4');
INSERT INTO public.notice VALUES (28, 'f20c1ed2f5da8d53', 1, '2026-11-28 20:36:16.49886', true, '82ed050b66be4c718ff55c7f5a7b6eb4');
INSERT INTO public.notice VALUES (36, '3b7cfc4525ad2603', 1, '2026-11-29 07:30:00', false, '82ed050b66be4c718ff55c7f5a7b6eb4');
INSERT INTO public.notice VALUES (21, '29acb6e3331afeee', 2, '2026-11-28 20:36:16.49886', true, '2a71968f342a49e8986f579d7ec27105');
INSERT INTO public.notice VALUES (29, 'f20c1ed2f5da8d53', 2, '2026-11-28 20:36:16.49886', true, '2a71968f342a49e8986f579d7ec27105');
INSERT INTO public.notice VALUES (37, '3b7cfc4525ad2603', 2, '2026-11-29 07:30:00', false, '2a71968f342a49e8986f579d7ec27105');
INSERT INTO public.notice VALUES (24, '29acb6e3331afeee', 5, '2026-11-28 20:36:16.49886', true, 'f3d56056443e47b29e81aba4711296ee');
INSERT INTO public.notice VALUES (32, 'f20c1ed2f5da8d53', 5, '2026-11-28 20:36:16.49886', true, 'f3d56056443e47b29e81aba4711296ee');
INSERT INTO public.notice VALUES (40, '3b7cfc4525ad2603', 5, '2026-11-29 07:30:00', false, 'f3d56056443e47b29e81aba4711296ee');
INSERT INTO public.notice VALUES (26, '29acb6e3331afeee', 9, '2026-11-28 20:36:16.49886', true, '0af10562d904431094d136491ab2aec1');
INSERT INTO public.notice VALUES (34, 'f20c1ed2f5da8d53', 9, '2026-11-28 20:36:16.49886', true, '0af10562d904431094d136491ab2aec1');
INSERT INTO public.notice VALUES (27, '29acb6e3331afeee', 10, '2026-11-28 20:36:16.49886', true, 'f6c577b4b78944aebc7a688b567e25e7');
INSERT INTO public.notice VALUES (35, 'f20c1ed2f5da8d53', 10, '2026-11-28 20:36:16.49886', true, 'f6c577b4b78944aebc7a688b567e25e7');
INSERT INTO public.notice VALUES (44, '529c5bdc075fddcc', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (45, '529c5bdc075fddcc', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (47, '529c5bdc075fddcc', 6, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (48, '529c5bdc075fddcc', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (49, '529c5bdc075fddcc', 8, '2026-11-29 09:00:00', false, NULL);
INSERT INTO public.notice VALUES (52, '529c5bdc075fddcc', 11, '2026-12-28 20:35:56', false, NULL);
INSERT INTO public.notice VALUES (58, '16a75f3bf080762e', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (59, '16a75f3bf080762e', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (61, '16a75f3bf080762e', 6, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (42, '529c5bdc075fddcc', 1, '2026-11-28 20:36:22.694046', true, '8a027c1031df41249422f871bb9d6d3b');
INSERT INTO public.notice VALUES (56, '16a75f3bf080762e', 1, '2026-11-28 20:36:22.694046', true, '8a027c1031df41249422f871bb9d6d3b');
INSERT INTO public.notice VALUES (43, '529c5bdc075fddcc', 2, '2026-11-28 20:36:22.694046', true, '04bea39a33864185a0a8e97af2d8aa7f');
INSERT INTO public.notice VALUES (57, '16a75f3bf080762e', 2, '2026-11-28 20:36:22.694046', true, '04bea39a33864185a0a8e97af2d8aa7f');
INSERT INTO public.notice VALUES (46, '529c5bdc075fddcc', 5, '2026-11-28 20:36:22.694046', true, '39f81c06ec7d475996468df99c3996b8');
INSERT INTO public.notice VALUES (60, '16a75f3bf080762e', 5, '2026-11-28 20:36:22.694046', true, '39f81c06ec7d475996468df99c3996b8');
INSERT INTO public.notice VALUES (50, '529c5bdc075fddcc', 9, '2026-11-28 20:36:22.694046', true, '9e673be0f6e544bc8ea5b4122de3780e');
INSERT INTO public.notice VALUES (51, '529c5bdc075fddcc', 10, '2026-11-28 20:36:22.694046', true, '4bd1a413699c4cc0b81830f66225bbb0');
INSERT INTO public.notice VALUES (53, '529c5bdc075fddcc', 12, '2026-11-28 20:36:22.694046', true, '7dc3f6cb093740e88aaf7608d5ad335c');
INSERT INTO public.notice VALUES (54, '529c5bdc075fddcc', 13, '2026-11-28 20:36:22.694046', true, '9b28c8fd397c4d57b3430050ee82b009');
INSERT INTO public.notice VALUES (55, '529c5bdc075fddcc', 14, '2026-11-28 20:36:22.694046', true, '83803b8bde4f4d0cbee066821dd79de3');
INSERT INTO public.notice VALUES (62, '16a75f3bf080762e', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (63, '16a75f3bf080762e', 8, '2026-11-29 09:00:00', false, NULL);
INSERT INTO public.notice VALUES (66, '16a75f3bf080762e', 11, '2026-12-28 20:35:56', false, NULL);
INSERT INTO public.notice VALUES (72, '77118ef83558c65a', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (73, '77118ef83558c65a', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (75, '77118ef83558c65a', 6, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (76, '77118ef83558c65a', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (77, '77118ef83558c65a', 8, '2026-11-29 09:00:00', false, NULL);
INSERT INTO public.notice VALUES (80, '77118ef83558c65a', 11, '2026-12-28 20:35:56', false, NULL);
INSERT INTO public.notice VALUES (84, '6f8e4058c4ea298a', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (85, '6f8e4058c4ea298a', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (87, '6f8e4058c4ea298a', 6, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (88, '6f8e4058c4ea298a', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (89, '6f8e4058c4ea298a', 8, '2026-11-29 09:00:00', false, NULL);
INSERT INTO public.notice VALUES (92, '6f8e4058c4ea298a', 11, '2026-12-28 20:35:56', false, NULL);
INSERT INTO public.notice VALUES (96, 'edeb4152ba75f0e6', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (97, 'edeb4152ba75f0e6', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (99, 'edeb4152ba75f0e6', 6, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (100, 'edeb4152ba75f0e6', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (101, 'edeb4152ba75f0e6', 8, '2026-11-29 09:00:00', false, NULL);
INSERT INTO public.notice VALUES (102, 'edeb4152ba75f0e6', 11, '2026-12-28 20:35:56', false, NULL);
INSERT INTO public.notice VALUES (70, '77118ef83558c65a', 1, '2026-11-28 20:36:22.694046', true, '8a027c1031df41249422f871bb9d6d3b');
INSERT INTO public.notice VALUES (82, '6f8e4058c4ea298a', 1, '2026-11-28 20:36:22.694046', true, '8a027c1031df41249422f871bb9d6d3b');
INSERT INTO public.notice VALUES (94, 'edeb4152ba75f0e6', 1, '2026-11-29 07:30:00', false, '8a027c1031df41249422f871bb9d6d3b');
INSERT INTO public.notice VALUES (71, '77118ef83558c65a', 2, '2026-11-28 20:36:22.694046', true, '04bea39a33864185a0a8e97af2d8aa7f');
INSERT INTO public.notice VALUES (83, '6f8e4058c4ea298a', 2, '2026-11-28 20:36:22.694046', true, '04bea39a33864185a0a8e97af2d8aa7f');
INSERT INTO public.notice VALUES (95, 'edeb4152ba75f0e6', 2, '2026-11-29 07:30:00', false, '04bea39a33864185a0a8e97af2d8aa7f');
INSERT INTO public.notice VALUES (74, '77118ef83558c65a', 5, '2026-11-28 20:36:22.694046', true, '39f81c06ec7d475996468df99c3996b8');
INSERT INTO public.notice VALUES (86, '6f8e4058c4ea298a', 5, '2026-11-28 20:36:22.694046', true, '39f81c06ec7d475996468df99c3996b8');
INSERT INTO public.notice VALUES (98, 'edeb4152ba75f0e6', 5, '2026-11-29 07:30:00', false, '39f81c06ec7d475996468df99c3996b8');
INSERT INTO public.notice VALUES (64, '16a75f3bf080762e', 9, '2026-11-28 20:36:22.694046', true, '9e673be0f6e544bc8ea5b4122de3780e');
INSERT INTO public.notice VALUES (78, '77118ef83558c65a', 9, '2026-11-28 20:36:22.694046', true, '9e673be0f6e544bc8ea5b4122de3780e');
INSERT INTO public.notice VALUES (90, '6f8e4058c4ea298a', 9, '2026-11-28 20:36:22.694046', true, '9e673be0f6e544bc8ea5b4122de3780e');
INSERT INTO public.notice VALUES (65, '16a75f3bf080762e', 10, '2026-11-28 20:36:22.694046', true, '4bd1a413699c4cc0b81830f66225bbb0');
INSERT INTO public.notice VALUES (79, '77118ef83558c65a', 10, '2026-11-28 20:36:22.694046', true, '4bd1a413699c4cc0b81830f66225bbb0');
INSERT INTO public.notice VALUES (91, '6f8e4058c4ea298a', 10, '2026-11-28 20:36:22.694046', true, '4bd1a413699c4cc0b81830f66225bbb0');
INSERT INTO public.notice VALUES (67, '16a75f3bf080762e', 12, '2026-11-28 20:36:22.694046', true, '7dc3f6cb093740e88aaf7608d5ad335c');
INSERT INTO public.notice VALUES (81, '77118ef83558c65a', 12, '2026-11-28 20:36:22.694046', true, '7dc3f6cb093740e88aaf7608d5ad335c');
INSERT INTO public.notice VALUES (93, '6f8e4058c4ea298a', 12, '2026-11-28 20:36:22.694046', true, '7dc3f6cb093740e88aaf7608d5ad335c');
INSERT INTO public.notice VALUES (103, 'edeb4152ba75f0e6', 12, '2026-11-29 08:00:00', false, '7dc3f6cb093740e88aaf7608d5ad335c');
INSERT INTO public.notice VALUES (68, '16a75f3bf080762e', 13, '2026-11-28 20:36:22.694046', true, '9b28c8fd397c4d57b3430050ee82b009');
INSERT INTO public.notice VALUES (69, '16a75f3bf080762e', 14, '2026-11-28 20:36:22.694046', true, '83803b8bde4f4d0cbee066821dd79de3');
INSERT INTO public.notice VALUES (104, '29effac3905567d4', 1, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (105, '29effac3905567d4', 2, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (106, '29effac3905567d4', 3, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (107, '29effac3905567d4', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (108, '29effac3905567d4', 5, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (109, '29effac3905567d4', 6, '2026-11-29 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (110, '29effac3905567d4', 7, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (111, '29effac3905567d4', 8, '2026-11-29 09:00:00', false, NULL);
INSERT INTO public.notice VALUES (112, '29effac3905567d4', 9, '2026-11-29 08:00:00', false, NULL);
INSERT INTO public.notice VALUES (113, '29effac3905567d4', 11, '2026-12-28 20:35:56', false, NULL);
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
INSERT INTO public.notice VALUES (127, 'silent 2026-12-02T07:30:00+00:00', 16, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (128, 'still watching 2026-12-02T07:30:00+00:00', 4, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (129, 'still watching 2026-12-02T07:30:00+00:00', 5, '2026-12-02 07:30:00', false, NULL);
INSERT INTO public.notice VALUES (130, 'still watching 2026-11-30T08:00:00+00:00', 12, '2026-11-30 08:00:00', false, NULL);
INSERT INTO public.overview VALUES ('1-1000000002', 'Larch Grove', 'larch grove', 'larch grove
12 orchard lane, netherby, leicestershire, le1 1aa
hartwell care limited
1-1000000002
le11aa', 'Care home', 'Netherby, Leicestershire', 'LE1 1AA', 'Hartwell Care Limited', 'inadequate', 'inadequate', 'inadequate', 'inadequate', 'inadequate', 'inadequate', 1, 'remains', false, NULL, NULL);
INSERT INTO public.overview VALUES ('1-1000000003', 'Hollins View', 'hollins view', 'hollins view
12 orchard lane, netherby, leicestershire, le1 1aa
hartwell care limited
1-1000000003
le11aa', 'Care home', 'Netherby, Leicestershire', 'LE1 1AA', 'Hartwell Care Limited', 'requires improvement', 'requires improvement', 'good', 'good', 'good', 'good', 1, NULL, false, '2026-11-28 20:36:16.49886', 'downgraded');
INSERT INTO public.overview VALUES ('1-1000000004', 'Brookside ‘Homecare’', 'brookside ‘homecare', 'brookside ‘homecare
12 orchard lane, netherby, leicestershire, le1 1aa
hartwell care limited
1-1000000004
le11aa', 'Care home', 'Netherby, Leicestershire', 'LE1 1AA', 'Hartwell Care Limited', 'inadequate', 'inadequate', 'good', 'good', 'good', 'inadequate', 1, 'entered', false, '2026-11-28 20:36:22.694046', 'downgraded');
INSERT INTO public.overview VALUES ('1-1000000005', 'Netherby Care at Home', 'netherby care at home', 'netherby care at home
12 orchard lane, netherby, leicestershire, le1 1aa
hartwell care limited
1-1000000005
le11aa', 'Homecare agencies', 'Netherby, Leicestershire', 'LE1 1AA', 'Hartwell Care Limited', 'good', 'good', 'good', 'good', 'good', 'good', 1, NULL, false, '2026-11-28 20:36:25.182127', 'score fell');
INSERT INTO public.overview VALUES ('1-1000000001', 'Orchard House', 'orchard house', 'orchard house
12 orchard lane, netherby, leicestershire, le1 1aa
hartwell care limited
1-1000000001
le11aa', 'Care home', 'Netherby, Leicestershire', 'LE1 1AA', 'Hartwell Care Limited', 'outstanding', 'outstanding', 'outstanding', 'outstanding', 'outstanding', 'outstanding', 1, NULL, false, NULL, NULL);
INSERT INTO public.page VALUES ('1-1000000002', 'https://www.cqc.example/location/1-1000000002', 0, NULL, NULL, 'd397632cdc9708fbf3315f20302c11e2', 'd40e5a98b2dd64863adaff700a295ce74d7a3ca649b5b5681bae4f88b0eaf723', '{"source":"location page","location_id":"1-1000000002","name":"Larch Grove","provider_name":"Hartwell Care Limited","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","registration":"registered","notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"inadequate","overall_published":"2023-04-18","key_questions":{"safe":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Inadequate"},"effective":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Inadequate"},"caring":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Inadequate"},"responsive":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Inadequate"},"well-led":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Inadequate"}},"overall_quote":"Overall: Inadequate read more about inspection ratings"}],"special_measures":{"state":"remains","quote":"This service remains in special measures."},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2023-03-02","links":[{"kind":"summary page","url":"/location/1-1000000002/inspection-summary","text":"Safe"},{"kind":"reports page","url":"/location/1-1000000002/reports","text":"See all reports"}],"unread":[]}', '2026-11-28 20:36:10.250897');
INSERT INTO public.page VALUES ('1-1000000002', '/location/1-1000000002/inspection-summary', 1, NULL, NULL, '675764daa2827a7d671512c204fc03a2', 'edbf6d1853ca2b3b8b409efc072db0c93f72823539feff66e6cae7b0a631f0c4', '{"source":"summary page","location_id":null,"name":"Larch Grove","provider_name":null,"service_type":null,"address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"inadequate","overall_published":"2023-04-18","key_questions":{"safe":{"rating":"inadequate","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Safe Inadequate"},"effective":{"rating":"inadequate","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Effective Inadequate"},"caring":{"rating":"inadequate","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Caring Inadequate"},"responsive":{"rating":"inadequate","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Responsive Inadequate"},"well-led":{"rating":"inadequate","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Well-led Inadequate"}},"overall_quote":"Overall summary & rating Inadequate"}],"special_measures":{"state":"remains","quote":"This service remains in special measures."},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2023-04-18","links":[],"unread":[]}', '2026-11-28 20:36:10.339758');
INSERT INTO public.page VALUES ('1-1000000003', 'https://www.cqc.example/location/1-1000000003', 0, NULL, NULL, '52af13fd986223f3b2b6ee932c630ac5', '25ec84754be1df0526776f3b7a09213e53872d83223957f33002c138048ddf7a', '{"source":"location page","location_id":"1-1000000003","name":"Hollins View","provider_name":"Hartwell Care Limited","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","registration":"registered","notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"requires improvement","overall_published":"2026-10-13","key_questions":{"safe":{"rating":"requires improvement","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Requires improvement"},"effective":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Good"},"well-led":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Good"}},"overall_quote":"Overall: Requires improvement read more about inspection ratings"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2026-09-01","links":[{"kind":"summary page","url":"/location/1-1000000003/inspection-summary","text":"Safe"},{"kind":"reports page","url":"/location/1-1000000003/reports","text":"See all reports"}],"unread":[]}', '2026-11-28 20:36:16.420441');
INSERT INTO public.page VALUES ('1-1000000003', '/location/1-1000000003/inspection-summary', 1, NULL, NULL, 'b64c7024cb6d210f273915732214a5cc', '5500417b6357be2232d89aa24284322ff14c6d5c2fab06a8953b1f894ac4dd19', '{"source":"summary page","location_id":null,"name":"Hollins View","provider_name":null,"service_type":null,"address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"requires improvement","overall_published":"2026-10-13","key_questions":{"safe":{"rating":"requires improvement","score":null,"assessed":true,"published":"2026-10-13","statements":[],"quote":"Safe Requires improvement"},"effective":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Responsive Good"},"well-led":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Well-led Good"}},"overall_quote":"Overall summary & rating Requires improvement"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2026-10-13","links":[],"unread":[]}', '2026-11-28 20:36:16.483776');
INSERT INTO public.page VALUES ('1-1000000004', 'https://www.cqc.example/location/1-1000000004', 0, NULL, NULL, 'ef54e90a60a8c531398562fcaa216ed3', '578624a22e5e701382df05d12511c7e474e5a3a9bf08de0746ea4ed0014724e6', '{"source":"location page","location_id":"1-1000000004","name":"Brookside ‘Homecare’","provider_name":"Hartwell Care Limited","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","registration":"registered","notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"inadequate","overall_published":"2026-10-20","key_questions":{"safe":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Inadequate"},"effective":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Good"},"well-led":{"rating":"inadequate","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Inadequate"}},"overall_quote":"Overall: Inadequate read more about inspection ratings"}],"special_measures":{"state":"entered","quote":"This service is being placed in special measures."},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2026-09-08","links":[{"kind":"summary page","url":"/location/1-1000000004/inspection-summary","text":"Safe"},{"kind":"reports page","url":"/location/1-1000000004/reports","text":"See all reports"}],"unread":[]}', '2026-11-28 20:36:22.582187');
INSERT INTO public.page VALUES ('1-1000000004', '/location/1-1000000004/inspection-summary', 1, NULL, NULL, 'c042bb308f158e2d7cfb41e43f39de02', '41785889a9f408fd2841a53f659085ab35a15a313d5872d882203472f0141d8b', '{"source":"summary page","location_id":null,"name":"Brookside ‘Homecare’","provider_name":null,"service_type":null,"address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"inadequate","overall_published":"2026-10-20","key_questions":{"safe":{"rating":"inadequate","score":null,"assessed":true,"published":"2026-10-20","statements":[],"quote":"Safe Inadequate"},"effective":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Responsive Good"},"well-led":{"rating":"inadequate","score":null,"assessed":true,"published":"2026-10-20","statements":[],"quote":"Well-led Inadequate"}},"overall_quote":"Overall summary & rating Inadequate"}],"special_measures":{"state":"entered","quote":"This service is being placed in special measures."},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2026-10-20","links":[],"unread":[]}', '2026-11-28 20:36:22.668432');
INSERT INTO public.page VALUES ('1-1000000005', 'https://www.cqc.example/location/1-1000000005', 0, NULL, NULL, '2803729f73e1f8a90fd471a225f3dd71', 'f2346e3b1d760022e3681e15102ce0a321844183f42cea702081a7ff1dfacd00', '{"source":"location page","location_id":"1-1000000005","name":"Netherby Care at Home","provider_name":"Hartwell Care Limited","service_type":"Homecare agencies","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","registration":"registered","notices":[],"ratings":[{"group":null,"framework":"assessment","overall":"good","overall_published":"2025-04-02","key_questions":{"safe":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Good"},"effective":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Good"},"well-led":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Good"}},"overall_quote":"Overall: Good read more about inspection ratings"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"AP2001","links":[{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/safe","text":"Safe"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/effective","text":"Effective"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/caring","text":"Caring"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/responsive","text":"Responsive"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/well-led","text":"Well-led"},{"kind":"summary page","url":"/location/1-1000000005/inspection-summary","text":"Read overall summary"},{"kind":"reports page","url":"/location/1-1000000005/reports","text":"See all reports"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/overall","text":"Read the report"}],"unread":[]}', '2026-11-28 20:36:24.979002');
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/reports/AP2001/safe', 1, NULL, NULL, '28f80c46e351744f6394ef3419e68645', '5a3dcfe7b0512cd419a51a9adc90be95d2d352d3d2cb3758fbe625695034dc80', '{"source":"assessment page","location_id":null,"name":"Netherby Care at Home","provider_name":null,"service_type":"Homecare agencies","address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":null,"overall_published":null,"key_questions":{"safe":{"rating":"good","score":66,"assessed":true,"published":null,"statements":[{"name":"Learning culture","score":3,"assessed":true},{"name":"Safeguarding","score":3,"assessed":true},{"name":"Involving people to manage risks","score":3,"assessed":true},{"name":"Safe and effective staffing","score":3,"assessed":true}],"quote":"Safe Good"}},"overall_quote":null}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2025-02-28","links":[],"unread":[]}', '2026-11-28 20:36:25.063667');
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/reports/AP2001/effective', 2, NULL, NULL, 'e035b06f5ff683bcd3b572a24d51cbc7', '8cecbfb4c95dba6d483b880832ee1fd0414a2b092bef13bf0a61cd59a489544a', '{"source":"assessment page","location_id":null,"name":"Netherby Care at Home","provider_name":null,"service_type":"Homecare agencies","address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":null,"overall_published":null,"key_questions":{"effective":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Good"}},"overall_quote":null}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2025-02-28","links":[],"unread":[]}', '2026-11-28 20:36:25.129587');
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/reports/AP2001/caring', 3, NULL, NULL, '4d9dc655bd91a58d5cbf21eec8154b4d', 'f7f6bb54842508c04d963ef82e41aeede63367934ecaa7110413d7bac1cbe982', '{"source":"assessment page","location_id":null,"name":"Netherby Care at Home","provider_name":null,"service_type":"Homecare agencies","address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":null,"overall_published":null,"key_questions":{"caring":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Good"}},"overall_quote":null}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2025-02-28","links":[],"unread":[]}', '2026-11-28 20:36:25.152217');
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/reports/AP2001/responsive', 4, NULL, NULL, '907984c5d3f00d14eaeb877a1374de7f', 'c515ae1efada16e3c561664f5d5bcbde145f53509a05e200eaec1511cf35b523', '{"source":"assessment page","location_id":null,"name":"Netherby Care at Home","provider_name":null,"service_type":"Homecare agencies","address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":null,"overall_published":null,"key_questions":{"responsive":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Good"}},"overall_quote":null}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2025-02-28","links":[],"unread":[]}', '2026-11-28 20:36:25.160704');
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/reports/AP2001/well-led', 5, NULL, NULL, '99afcab34ff80fa93479758bed8ea98a', '03d2e9a675d07d0d2a0275c501cf15599c1aff8adc87440b9080d2ed22098721', '{"source":"assessment page","location_id":null,"name":"Netherby Care at Home","provider_name":null,"service_type":"Homecare agencies","address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":null,"overall_published":null,"key_questions":{"well-led":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Good"}},"overall_quote":null}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2025-02-28","links":[],"unread":[]}', '2026-11-28 20:36:25.166683');
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/inspection-summary', 6, NULL, NULL, '6342083afdb25aecccc01f9cab64ef05', '7b5cb07dac3f9635ed4e4b95bf7a172f40c200b04747339d95f75ac553bdf4ed', '{"source":"summary page","location_id":null,"name":"Netherby Care at Home","provider_name":null,"service_type":null,"address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":"good","overall_published":null,"key_questions":{"safe":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Good"},"effective":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Good"},"well-led":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Good"}},"overall_quote":"Overall summary & rating Good"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":null,"links":[],"unread":[]}', '2026-11-28 20:36:25.171366');
INSERT INTO public.page VALUES ('1-1000000005', '/location/1-1000000005/reports/AP2001/overall', 7, NULL, NULL, '39fce4683ff4f94460fd77dd650e52a6', '3f6698d427a2c24e9f8926714890c4925e9d5015c6bd1428150824689ae56392', '{"source":"assessment page","location_id":"1-1000000005","name":"Netherby Care at Home","provider_name":null,"service_type":"Homecare agencies","address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"assessment","overall":"good","overall_published":null,"key_questions":{"safe":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Good"},"effective":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Good"},"caring":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Good"},"responsive":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Good"},"well-led":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Good"}},"overall_quote":"Overall Good"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"AP2001","links":[{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/safe","text":"Safe"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/effective","text":"Effective"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/caring","text":"Caring"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/responsive","text":"Responsive"},{"kind":"assessment page","url":"/location/1-1000000005/reports/AP2001/well-led","text":"Well-led"}],"unread":[]}', '2026-11-28 20:36:25.178502');
INSERT INTO public.page VALUES ('1-1000000001', 'https://www.cqc.example/location/1-1000000001', 0, NULL, NULL, '12cb936059285ea9f500df0c5576dfa2', '583e90b1984855618f80429876c1c7c498c29cb8731919cae6c36b9a8ae95d4a', '{"source":"location page","location_id":"1-1000000001","name":"Orchard House","provider_name":"Hartwell Care Limited","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","registration":"registered","notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"good","overall_published":"2026-10-27","key_questions":{"safe":{"rating":"good","score":null,"assessed":true,"published":null,"statements":[],"quote":"Safe Good"},"effective":{"rating":"outstanding","score":null,"assessed":true,"published":null,"statements":[],"quote":"Effective Outstanding"},"caring":{"rating":"outstanding","score":null,"assessed":true,"published":null,"statements":[],"quote":"Caring Outstanding"},"responsive":{"rating":"outstanding","score":null,"assessed":true,"published":null,"statements":[],"quote":"Responsive Outstanding"},"well-led":{"rating":"outstanding","score":null,"assessed":true,"published":null,"statements":[],"quote":"Well-led Outstanding"}},"overall_quote":"Overall: Good read more about inspection ratings"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2026-09-15","links":[{"kind":"summary page","url":"/location/1-1000000001/inspection-summary","text":"Safe"},{"kind":"reports page","url":"/location/1-1000000001/reports","text":"See all reports"}],"unread":[]}', '2026-11-28 20:36:27.406493');
INSERT INTO public.page VALUES ('1-1000000001', '/location/1-1000000001/inspection-summary', 1, NULL, NULL, 'fb42b658363145bdcf247f0d00770151', 'a699b7497873ebef5f586f5522922224d5a66b0ad476432357aa1af83140182a', '{"source":"summary page","location_id":null,"name":"Orchard House","provider_name":null,"service_type":null,"address":null,"registration":null,"notices":[],"ratings":[{"group":null,"framework":"inspection","overall":"good","overall_published":"2026-10-27","key_questions":{"safe":{"rating":"good","score":null,"assessed":true,"published":"2026-10-27","statements":[],"quote":"Safe Good"},"effective":{"rating":"outstanding","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Effective Outstanding"},"caring":{"rating":"outstanding","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Caring Outstanding"},"responsive":{"rating":"outstanding","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Responsive Outstanding"},"well-led":{"rating":"outstanding","score":null,"assessed":true,"published":"2023-04-18","statements":[],"quote":"Well-led Outstanding"}},"overall_quote":"Overall summary & rating Good"}],"special_measures":{"state":"not stated","quote":null},"rating_changes":[],"breaches":[],"enforcement":[],"report":"2026-10-27","links":[],"unread":[]}', '2026-11-28 20:36:27.478473');
INSERT INTO public.person VALUES (1, 'operator@council.example', 'operator', NULL, '2026-11-18 20:35:56', NULL);
INSERT INTO public.person VALUES (2, 'editor@council.example', 'editor', 1, '2026-11-18 20:35:56', NULL);
INSERT INTO public.person VALUES (3, 'left@council.example', 'reader', 1, '2026-11-18 20:35:56', '2026-11-18 20:35:56');
INSERT INTO public.person VALUES (4, 'no-reports@council.example', 'reader', 1, '2026-11-18 20:35:56', NULL);
INSERT INTO public.person VALUES (5, 'few@council.example', 'reader', 1, '2026-11-18 20:35:56', NULL);
INSERT INTO public.person VALUES (6, 'paused@council.example', 'reader', 1, '2026-11-18 20:35:56', NULL);
INSERT INTO public.person VALUES (7, 'all@council.example', 'reader', 1, '2026-11-18 20:35:56', NULL);
INSERT INTO public.person VALUES (8, 'scores@council.example', 'reader', 1, '2026-11-18 20:35:56', NULL);
INSERT INTO public.person VALUES (9, 'none@council.example', 'reader', 1, '2026-11-18 20:35:56', NULL);
INSERT INTO public.register VALUES ('1-1000000001', 'Home 1-1000000001', 'home 1-1000000001', 'home 1-1000000001
1-1000000001
', NULL, NULL, NULL, NULL, NULL, 'Leicestershire', NULL, '|Residential homes|', '|', 'care home', 30, NULL, NULL, NULL, '2015-01-01', 'good', 'good', 'good', 'good', 'good', 'good', NULL, '2025-06-01', '2026-11-05', '2026-11-05', NULL);
INSERT INTO public.register VALUES ('1-1000000003', 'Home 1-1000000003', 'home 1-1000000003', 'home 1-1000000003
1-1000000003
', NULL, NULL, NULL, NULL, NULL, 'Leicestershire', NULL, '|Residential homes|', '|', 'care home', 30, NULL, NULL, NULL, '2015-01-01', 'good', 'good', 'good', 'good', 'good', 'good', NULL, '2025-06-01', '2026-11-05', '2026-11-05', NULL);
INSERT INTO public.register VALUES ('1-1000000002', 'Home 1-1000000002', 'home 1-1000000002', 'home 1-1000000002
1-1000000002
', NULL, NULL, NULL, NULL, NULL, 'Leicestershire', NULL, '|Residential homes|', '|', 'care home', 30, NULL, NULL, NULL, '2015-01-01', 'good', 'good', 'good', 'good', 'good', 'good', NULL, '2025-06-01', '2026-11-05', '2026-11-05', NULL);
INSERT INTO public.register VALUES ('1-1000000007', 'Home 1-1000000007', 'home 1-1000000007', 'home 1-1000000007
1-1000000007
', NULL, NULL, NULL, NULL, NULL, 'Leicestershire', NULL, '|Residential homes|', '|', 'care home', 30, NULL, NULL, NULL, '2015-01-01', 'good', 'good', 'good', 'good', 'good', 'good', NULL, '2025-06-01', '2026-11-05', '2026-11-05', NULL);
INSERT INTO public.register_file VALUES (1, 'active locations', 'active_locations.ods', '2026-11-05', '2026-11-28 20:35:56', 4, 24, 4, 0, NULL, NULL, NULL, '0000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO public.register_history VALUES ('1-1000000001', '2026-11-05', true, 'Home 1-1000000001', 'Leicestershire', NULL, '|Residential homes|', 'care home', 30, NULL, NULL, NULL, '2015-01-01', 'good', NULL, NULL, NULL, NULL, NULL, '2025-06-01');
INSERT INTO public.register_history VALUES ('1-1000000003', '2026-11-05', true, 'Home 1-1000000003', 'Leicestershire', NULL, '|Residential homes|', 'care home', 30, NULL, NULL, NULL, '2015-01-01', 'good', NULL, NULL, NULL, NULL, NULL, '2025-06-01');
INSERT INTO public.register_history VALUES ('1-1000000002', '2026-11-05', true, 'Home 1-1000000002', 'Leicestershire', NULL, '|Residential homes|', 'care home', 30, NULL, NULL, NULL, '2015-01-01', 'good', NULL, NULL, NULL, NULL, NULL, '2025-06-01');
INSERT INTO public.register_history VALUES ('1-1000000007', '2026-11-05', true, 'Home 1-1000000007', 'Leicestershire', NULL, '|Residential homes|', 'care home', 30, NULL, NULL, NULL, '2015-01-01', 'good', NULL, NULL, NULL, NULL, NULL, '2025-06-01');
INSERT INTO public.rule VALUES ('By rule', '{"authorities":["Leicestershire"],"regions":[],"sectors":[],"types":[],"providers":[],"brands":[],"specialisms":[],"ratings":[],"near":null}', '2026-11-28 20:35:56', '2026-11-28 20:35:56', 1);
INSERT INTO public.service VALUES ('1-1000000006', 0, '[]', '2026-11-18 20:35:56', '2026-11-28 20:38:10.568344', '2026-11-28 20:36:10.568344', NULL, NULL, true, false, 1, 'CQC''s answer was empty', NULL, 'page', '2026-11-28 20:36:10.568344', NULL, NULL, NULL);
INSERT INTO public.service VALUES ('1-1000000007', 0, '[]', '2026-11-28 20:35:56', '2026-11-28 20:35:56', NULL, NULL, NULL, true, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.service VALUES ('1-1000000003', 3, '[]', '2026-11-18 20:35:56', '2026-11-28 20:35:56', '2026-11-28 20:36:16.49886', '2026-11-28 20:36:16.49886', '2026-11-28 20:36:16.49886', true, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.service VALUES ('1-1000000002', 1, '[]', '2026-11-18 20:35:56', '2026-11-29 02:35:56', '2026-11-28 20:35:56', '2026-11-28 20:35:56', '2026-11-28 20:36:10.360108', true, true, 0, NULL, NULL, NULL, NULL, '2026-11-28 20:35:56', '2026-11-28 20:35:56', NULL);
INSERT INTO public.service VALUES ('1-1000000004', 3, '[]', '2026-11-18 20:35:56', '2026-11-29 02:46:17.184326', '2026-11-28 20:36:22.694046', '2026-11-28 20:36:22.694046', '2026-11-28 20:36:22.694046', true, true, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.service VALUES ('1-1000000005', 3, '[]', '2026-11-18 20:35:56', '2026-11-28 23:43:38.733189', '2026-11-28 20:36:25.182127', '2026-11-28 20:36:25.182127', '2026-11-28 20:36:25.182127', true, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.service VALUES ('1-1000000001', 2, '[{"mark":"rating||overall|downgraded|good","since":"2026-11-28T20:36:27.497896Z","due":"2026-11-28T22:36:27.497896Z","dated":true,"odd":false,"by_api":false},{"mark":"rating||safe|downgraded|good","since":"2026-11-28T20:36:27.497896Z","due":"2026-11-28T22:36:27.497896Z","dated":true,"odd":false,"by_api":false},{"mark":"reports|||report published|9499aee670fe2683","since":"2026-11-28T20:36:27.497896Z","due":"2026-11-28T22:36:27.497896Z","dated":true,"odd":false,"by_api":false}]', '2026-11-18 20:35:56', '2026-11-28 22:36:27.497896', '2026-11-28 20:36:27.497896', '2026-11-28 20:36:27.497896', '2026-11-28 20:36:27.497896', true, false, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.session VALUES ('8d0dc2ce3831c4cac0c2366402f45899ebae367840cc232e6d66fb2649283d1c', 2, 'Firefox', '2026-11-18 20:35:56', '2026-11-19 08:35:56', NULL);
INSERT INTO public.sign_in_link VALUES ('db6a427eeba15bf91445a089c6ffc6497840eea35bd637e3dc755a4272afc9c8', 'editor@council.example', NULL, NULL, '2026-11-18 20:35:56', '2026-11-19 20:35:56', '2026-11-18 20:35:56');
INSERT INTO public.sign_in_link VALUES ('9c8bc0ee41afa45affc4e37ea89e536ab48de4785f4bdfa885e78653bc8df317', 'operator@council.example', NULL, NULL, '2026-11-28 20:35:56', '2026-11-29 20:35:56', NULL);
INSERT INTO public.site VALUES ('outage', NULL, NULL, NULL, 0, NULL, false, NULL);
INSERT INTO public.site VALUES ('cqc', '2026-11-28 20:36:27.45321', NULL, NULL, 0, NULL, false, NULL);
INSERT INTO public.snapshot VALUES ('1-1000000002', 1, '2026-11-28 20:36:10.360108', '{"location_id":"1-1000000002","seq":1,"seen_at":"2026-11-28T20:36:10.360108Z","card":{"name":"Larch Grove","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"d40e5a98b2dd64863adaff700a295ce74d7a3ca649b5b5681bae4f88b0eaf723","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"d40e5a98b2dd64863adaff700a295ce74d7a3ca649b5b5681bae4f88b0eaf723","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"d40e5a98b2dd64863adaff700a295ce74d7a3ca649b5b5681bae4f88b0eaf723","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"d40e5a98b2dd64863adaff700a295ce74d7a3ca649b5b5681bae4f88b0eaf723","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"d40e5a98b2dd64863adaff700a295ce74d7a3ca649b5b5681bae4f88b0eaf723","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"inadequate","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"d40e5a98b2dd64863adaff700a295ce74d7a3ca649b5b5681bae4f88b0eaf723","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"d40e5a98b2dd64863adaff700a295ce74d7a3ca649b5b5681bae4f88b0eaf723","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"d40e5a98b2dd64863adaff700a295ce74d7a3ca649b5b5681bae4f88b0eaf723","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"d40e5a98b2dd64863adaff700a295ce74d7a3ca649b5b5681bae4f88b0eaf723","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"d40e5a98b2dd64863adaff700a295ce74d7a3ca649b5b5681bae4f88b0eaf723","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"d40e5a98b2dd64863adaff700a295ce74d7a3ca649b5b5681bae4f88b0eaf723","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"remains","instead":null,"published":"2023-04-18","quote":"This service remains in special measures.","report":"2023-03-02","page":"d40e5a98b2dd64863adaff700a295ce74d7a3ca649b5b5681bae4f88b0eaf723","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000001', 1, '2026-11-28 20:36:10.385383', '{"location_id":"1-1000000001","seq":1,"seen_at":"2026-11-28T20:36:10.385383Z","card":{"name":"Orchard House","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"d3d707adc82aa77aba4402bfc83449234d146ddcb0ddabed1bb5bafcd322932f","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"d3d707adc82aa77aba4402bfc83449234d146ddcb0ddabed1bb5bafcd322932f","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"d3d707adc82aa77aba4402bfc83449234d146ddcb0ddabed1bb5bafcd322932f","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"d3d707adc82aa77aba4402bfc83449234d146ddcb0ddabed1bb5bafcd322932f","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"d3d707adc82aa77aba4402bfc83449234d146ddcb0ddabed1bb5bafcd322932f","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"outstanding","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"d3d707adc82aa77aba4402bfc83449234d146ddcb0ddabed1bb5bafcd322932f","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"d3d707adc82aa77aba4402bfc83449234d146ddcb0ddabed1bb5bafcd322932f","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"d3d707adc82aa77aba4402bfc83449234d146ddcb0ddabed1bb5bafcd322932f","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"d3d707adc82aa77aba4402bfc83449234d146ddcb0ddabed1bb5bafcd322932f","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"d3d707adc82aa77aba4402bfc83449234d146ddcb0ddabed1bb5bafcd322932f","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"d3d707adc82aa77aba4402bfc83449234d146ddcb0ddabed1bb5bafcd322932f","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"d3d707adc82aa77aba4402bfc83449234d146ddcb0ddabed1bb5bafcd322932f","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000003', 1, '2026-11-28 20:36:10.523123', '{"location_id":"1-1000000003","seq":1,"seen_at":"2026-11-28T20:36:10.523123Z","card":{"name":"Hollins View","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"9a3b31d7eea229283229f7cc59bc3b95890e201d078fa283a9024614da620eae","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"9a3b31d7eea229283229f7cc59bc3b95890e201d078fa283a9024614da620eae","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"9a3b31d7eea229283229f7cc59bc3b95890e201d078fa283a9024614da620eae","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"9a3b31d7eea229283229f7cc59bc3b95890e201d078fa283a9024614da620eae","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"9a3b31d7eea229283229f7cc59bc3b95890e201d078fa283a9024614da620eae","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"9a3b31d7eea229283229f7cc59bc3b95890e201d078fa283a9024614da620eae","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"9a3b31d7eea229283229f7cc59bc3b95890e201d078fa283a9024614da620eae","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"9a3b31d7eea229283229f7cc59bc3b95890e201d078fa283a9024614da620eae","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"9a3b31d7eea229283229f7cc59bc3b95890e201d078fa283a9024614da620eae","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"9a3b31d7eea229283229f7cc59bc3b95890e201d078fa283a9024614da620eae","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"9a3b31d7eea229283229f7cc59bc3b95890e201d078fa283a9024614da620eae","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"9a3b31d7eea229283229f7cc59bc3b95890e201d078fa283a9024614da620eae","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000004', 1, '2026-11-28 20:36:10.535498', '{"location_id":"1-1000000004","seq":1,"seen_at":"2026-11-28T20:36:10.535498Z","card":{"name":"Brookside ‘Homecare’","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"afacf2ae4aa9f2a9ba617a0a862fa4990b1512ba815848034f234fe5867a4454","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"afacf2ae4aa9f2a9ba617a0a862fa4990b1512ba815848034f234fe5867a4454","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"afacf2ae4aa9f2a9ba617a0a862fa4990b1512ba815848034f234fe5867a4454","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"afacf2ae4aa9f2a9ba617a0a862fa4990b1512ba815848034f234fe5867a4454","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"afacf2ae4aa9f2a9ba617a0a862fa4990b1512ba815848034f234fe5867a4454","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"afacf2ae4aa9f2a9ba617a0a862fa4990b1512ba815848034f234fe5867a4454","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"afacf2ae4aa9f2a9ba617a0a862fa4990b1512ba815848034f234fe5867a4454","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"afacf2ae4aa9f2a9ba617a0a862fa4990b1512ba815848034f234fe5867a4454","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"afacf2ae4aa9f2a9ba617a0a862fa4990b1512ba815848034f234fe5867a4454","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"afacf2ae4aa9f2a9ba617a0a862fa4990b1512ba815848034f234fe5867a4454","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"afacf2ae4aa9f2a9ba617a0a862fa4990b1512ba815848034f234fe5867a4454","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"afacf2ae4aa9f2a9ba617a0a862fa4990b1512ba815848034f234fe5867a4454","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000005', 1, '2026-11-28 20:36:10.666445', '{"location_id":"1-1000000005","seq":1,"seen_at":"2026-11-28T20:36:10.666445Z","card":{"name":"Netherby Care at Home","service_type":"Homecare agencies","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"f4795f17a389c46d7f0a47553f3c796d74a593d7490e22549e27b59c75d57e99","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"f4795f17a389c46d7f0a47553f3c796d74a593d7490e22549e27b59c75d57e99","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"f4795f17a389c46d7f0a47553f3c796d74a593d7490e22549e27b59c75d57e99","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"f4795f17a389c46d7f0a47553f3c796d74a593d7490e22549e27b59c75d57e99","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"f4795f17a389c46d7f0a47553f3c796d74a593d7490e22549e27b59c75d57e99","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2025-04-02","quote":null,"report":null,"page":"f4795f17a389c46d7f0a47553f3c796d74a593d7490e22549e27b59c75d57e99","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"f4795f17a389c46d7f0a47553f3c796d74a593d7490e22549e27b59c75d57e99","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"f4795f17a389c46d7f0a47553f3c796d74a593d7490e22549e27b59c75d57e99","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"f4795f17a389c46d7f0a47553f3c796d74a593d7490e22549e27b59c75d57e99","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"f4795f17a389c46d7f0a47553f3c796d74a593d7490e22549e27b59c75d57e99","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["AP2001"],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"f4795f17a389c46d7f0a47553f3c796d74a593d7490e22549e27b59c75d57e99","by_api":false}],[{"aspect":"score","group":"","of":"Involving people to manage risks"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"e4fc695b3986c5759a74bddf15c43ce27cd25bd3ff0fe89cd77bb40c7f1af13f","by_api":false}],[{"aspect":"score","group":"","of":"Learning culture"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"e4fc695b3986c5759a74bddf15c43ce27cd25bd3ff0fe89cd77bb40c7f1af13f","by_api":false}],[{"aspect":"score","group":"","of":"Safe and effective staffing"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"e4fc695b3986c5759a74bddf15c43ce27cd25bd3ff0fe89cd77bb40c7f1af13f","by_api":false}],[{"aspect":"score","group":"","of":"Safeguarding"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"e4fc695b3986c5759a74bddf15c43ce27cd25bd3ff0fe89cd77bb40c7f1af13f","by_api":false}],[{"aspect":"score","group":"","of":"safe"},{"value":75,"instead":null,"published":null,"quote":null,"report":null,"page":"e4fc695b3986c5759a74bddf15c43ce27cd25bd3ff0fe89cd77bb40c7f1af13f","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2025-04-02","quote":null,"report":null,"page":"f4795f17a389c46d7f0a47553f3c796d74a593d7490e22549e27b59c75d57e99","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000003', 2, '2026-11-28 20:36:16.239477', '{"location_id":"1-1000000003","seq":2,"seen_at":"2026-11-28T20:36:16.239477Z","card":{"name":"Hollins View","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"9ff072111f883a42dfe9a152a3b81b7fb7a60e37c7d7b1b4734006e79cefb314","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"9ff072111f883a42dfe9a152a3b81b7fb7a60e37c7d7b1b4734006e79cefb314","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"9ff072111f883a42dfe9a152a3b81b7fb7a60e37c7d7b1b4734006e79cefb314","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"9ff072111f883a42dfe9a152a3b81b7fb7a60e37c7d7b1b4734006e79cefb314","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"9ff072111f883a42dfe9a152a3b81b7fb7a60e37c7d7b1b4734006e79cefb314","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"9a3b31d7eea229283229f7cc59bc3b95890e201d078fa283a9024614da620eae","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"9ff072111f883a42dfe9a152a3b81b7fb7a60e37c7d7b1b4734006e79cefb314","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"9a3b31d7eea229283229f7cc59bc3b95890e201d078fa283a9024614da620eae","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"9ff072111f883a42dfe9a152a3b81b7fb7a60e37c7d7b1b4734006e79cefb314","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"9ff072111f883a42dfe9a152a3b81b7fb7a60e37c7d7b1b4734006e79cefb314","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"9a3b31d7eea229283229f7cc59bc3b95890e201d078fa283a9024614da620eae","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"9a3b31d7eea229283229f7cc59bc3b95890e201d078fa283a9024614da620eae","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000003', 3, '2026-11-28 20:36:16.49886', '{"location_id":"1-1000000003","seq":3,"seen_at":"2026-11-28T20:36:16.498860Z","card":{"name":"Hollins View","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"25ec84754be1df0526776f3b7a09213e53872d83223957f33002c138048ddf7a","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"25ec84754be1df0526776f3b7a09213e53872d83223957f33002c138048ddf7a","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"25ec84754be1df0526776f3b7a09213e53872d83223957f33002c138048ddf7a","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"25ec84754be1df0526776f3b7a09213e53872d83223957f33002c138048ddf7a","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"25ec84754be1df0526776f3b7a09213e53872d83223957f33002c138048ddf7a","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"requires improvement","instead":null,"published":"2026-10-13","quote":null,"report":null,"page":"25ec84754be1df0526776f3b7a09213e53872d83223957f33002c138048ddf7a","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"25ec84754be1df0526776f3b7a09213e53872d83223957f33002c138048ddf7a","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"requires improvement","instead":null,"published":null,"quote":null,"report":null,"page":"25ec84754be1df0526776f3b7a09213e53872d83223957f33002c138048ddf7a","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"25ec84754be1df0526776f3b7a09213e53872d83223957f33002c138048ddf7a","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"25ec84754be1df0526776f3b7a09213e53872d83223957f33002c138048ddf7a","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02","2026-09-01"],"instead":null,"published":"2026-10-13","quote":null,"report":"2026-09-01","page":"25ec84754be1df0526776f3b7a09213e53872d83223957f33002c138048ddf7a","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"9a3b31d7eea229283229f7cc59bc3b95890e201d078fa283a9024614da620eae","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000004', 2, '2026-11-28 20:36:22.271924', '{"location_id":"1-1000000004","seq":2,"seen_at":"2026-11-28T20:36:22.271924Z","card":{"name":"Brookside ‘Homecare’","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"579814354af2f1ebf73e1e94ce0ffae3066e9446eba82f0f950594291c1a05b3","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"579814354af2f1ebf73e1e94ce0ffae3066e9446eba82f0f950594291c1a05b3","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"579814354af2f1ebf73e1e94ce0ffae3066e9446eba82f0f950594291c1a05b3","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"579814354af2f1ebf73e1e94ce0ffae3066e9446eba82f0f950594291c1a05b3","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"579814354af2f1ebf73e1e94ce0ffae3066e9446eba82f0f950594291c1a05b3","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"afacf2ae4aa9f2a9ba617a0a862fa4990b1512ba815848034f234fe5867a4454","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"579814354af2f1ebf73e1e94ce0ffae3066e9446eba82f0f950594291c1a05b3","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"afacf2ae4aa9f2a9ba617a0a862fa4990b1512ba815848034f234fe5867a4454","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"afacf2ae4aa9f2a9ba617a0a862fa4990b1512ba815848034f234fe5867a4454","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"579814354af2f1ebf73e1e94ce0ffae3066e9446eba82f0f950594291c1a05b3","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"afacf2ae4aa9f2a9ba617a0a862fa4990b1512ba815848034f234fe5867a4454","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"afacf2ae4aa9f2a9ba617a0a862fa4990b1512ba815848034f234fe5867a4454","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000004', 3, '2026-11-28 20:36:22.694046', '{"location_id":"1-1000000004","seq":3,"seen_at":"2026-11-28T20:36:22.694046Z","card":{"name":"Brookside ‘Homecare’","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"578624a22e5e701382df05d12511c7e474e5a3a9bf08de0746ea4ed0014724e6","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"578624a22e5e701382df05d12511c7e474e5a3a9bf08de0746ea4ed0014724e6","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"578624a22e5e701382df05d12511c7e474e5a3a9bf08de0746ea4ed0014724e6","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"578624a22e5e701382df05d12511c7e474e5a3a9bf08de0746ea4ed0014724e6","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"578624a22e5e701382df05d12511c7e474e5a3a9bf08de0746ea4ed0014724e6","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"inadequate","instead":null,"published":"2026-10-20","quote":null,"report":null,"page":"578624a22e5e701382df05d12511c7e474e5a3a9bf08de0746ea4ed0014724e6","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"578624a22e5e701382df05d12511c7e474e5a3a9bf08de0746ea4ed0014724e6","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"578624a22e5e701382df05d12511c7e474e5a3a9bf08de0746ea4ed0014724e6","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"inadequate","instead":null,"published":null,"quote":null,"report":null,"page":"578624a22e5e701382df05d12511c7e474e5a3a9bf08de0746ea4ed0014724e6","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"578624a22e5e701382df05d12511c7e474e5a3a9bf08de0746ea4ed0014724e6","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02","2026-09-08"],"instead":null,"published":"2026-10-20","quote":null,"report":"2026-09-08","page":"578624a22e5e701382df05d12511c7e474e5a3a9bf08de0746ea4ed0014724e6","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"entered","instead":null,"published":"2026-10-20","quote":"This service is being placed in special measures.","report":"2026-09-08","page":"578624a22e5e701382df05d12511c7e474e5a3a9bf08de0746ea4ed0014724e6","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000005', 2, '2026-11-28 20:36:24.704024', '{"location_id":"1-1000000005","seq":2,"seen_at":"2026-11-28T20:36:24.704024Z","card":{"name":"Netherby Care at Home","service_type":"Homecare agencies","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"6ec6fafd3254c3fa57d77217990693f071ff4e1c051723a4d6a2a2708ca235b8","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"6ec6fafd3254c3fa57d77217990693f071ff4e1c051723a4d6a2a2708ca235b8","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"6ec6fafd3254c3fa57d77217990693f071ff4e1c051723a4d6a2a2708ca235b8","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"6ec6fafd3254c3fa57d77217990693f071ff4e1c051723a4d6a2a2708ca235b8","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"6ec6fafd3254c3fa57d77217990693f071ff4e1c051723a4d6a2a2708ca235b8","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2025-04-02","quote":null,"report":null,"page":"6ec6fafd3254c3fa57d77217990693f071ff4e1c051723a4d6a2a2708ca235b8","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"6ec6fafd3254c3fa57d77217990693f071ff4e1c051723a4d6a2a2708ca235b8","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"6ec6fafd3254c3fa57d77217990693f071ff4e1c051723a4d6a2a2708ca235b8","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"6ec6fafd3254c3fa57d77217990693f071ff4e1c051723a4d6a2a2708ca235b8","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"6ec6fafd3254c3fa57d77217990693f071ff4e1c051723a4d6a2a2708ca235b8","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["AP2001"],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"6ec6fafd3254c3fa57d77217990693f071ff4e1c051723a4d6a2a2708ca235b8","by_api":false}],[{"aspect":"score","group":"","of":"Involving people to manage risks"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"37c4877d8b814934c55f65e8faa6f0f95be189e946d7019f845945bef16c5094","by_api":false}],[{"aspect":"score","group":"","of":"Learning culture"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"37c4877d8b814934c55f65e8faa6f0f95be189e946d7019f845945bef16c5094","by_api":false}],[{"aspect":"score","group":"","of":"Safe and effective staffing"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"37c4877d8b814934c55f65e8faa6f0f95be189e946d7019f845945bef16c5094","by_api":false}],[{"aspect":"score","group":"","of":"Safeguarding"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"37c4877d8b814934c55f65e8faa6f0f95be189e946d7019f845945bef16c5094","by_api":false}],[{"aspect":"score","group":"","of":"safe"},{"value":75,"instead":null,"published":null,"quote":null,"report":null,"page":"e4fc695b3986c5759a74bddf15c43ce27cd25bd3ff0fe89cd77bb40c7f1af13f","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2025-04-02","quote":null,"report":null,"page":"f4795f17a389c46d7f0a47553f3c796d74a593d7490e22549e27b59c75d57e99","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000005', 3, '2026-11-28 20:36:25.182127', '{"location_id":"1-1000000005","seq":3,"seen_at":"2026-11-28T20:36:25.182127Z","card":{"name":"Netherby Care at Home","service_type":"Homecare agencies","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"f2346e3b1d760022e3681e15102ce0a321844183f42cea702081a7ff1dfacd00","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"f2346e3b1d760022e3681e15102ce0a321844183f42cea702081a7ff1dfacd00","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"f2346e3b1d760022e3681e15102ce0a321844183f42cea702081a7ff1dfacd00","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"f2346e3b1d760022e3681e15102ce0a321844183f42cea702081a7ff1dfacd00","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"f2346e3b1d760022e3681e15102ce0a321844183f42cea702081a7ff1dfacd00","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"good","instead":null,"published":"2025-04-02","quote":null,"report":null,"page":"f2346e3b1d760022e3681e15102ce0a321844183f42cea702081a7ff1dfacd00","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"f2346e3b1d760022e3681e15102ce0a321844183f42cea702081a7ff1dfacd00","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"f2346e3b1d760022e3681e15102ce0a321844183f42cea702081a7ff1dfacd00","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"good","instead":null,"published":null,"quote":null,"report":null,"page":"f2346e3b1d760022e3681e15102ce0a321844183f42cea702081a7ff1dfacd00","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"f2346e3b1d760022e3681e15102ce0a321844183f42cea702081a7ff1dfacd00","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["AP2001"],"instead":null,"published":"2025-04-02","quote":null,"report":"AP2001","page":"f2346e3b1d760022e3681e15102ce0a321844183f42cea702081a7ff1dfacd00","by_api":false}],[{"aspect":"score","group":"","of":"Involving people to manage risks"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"5a3dcfe7b0512cd419a51a9adc90be95d2d352d3d2cb3758fbe625695034dc80","by_api":false}],[{"aspect":"score","group":"","of":"Learning culture"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"5a3dcfe7b0512cd419a51a9adc90be95d2d352d3d2cb3758fbe625695034dc80","by_api":false}],[{"aspect":"score","group":"","of":"Safe and effective staffing"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"5a3dcfe7b0512cd419a51a9adc90be95d2d352d3d2cb3758fbe625695034dc80","by_api":false}],[{"aspect":"score","group":"","of":"Safeguarding"},{"value":3,"instead":null,"published":null,"quote":null,"report":null,"page":"5a3dcfe7b0512cd419a51a9adc90be95d2d352d3d2cb3758fbe625695034dc80","by_api":false}],[{"aspect":"score","group":"","of":"safe"},{"value":66,"instead":null,"published":null,"quote":null,"report":null,"page":"5a3dcfe7b0512cd419a51a9adc90be95d2d352d3d2cb3758fbe625695034dc80","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2025-04-02","quote":null,"report":null,"page":"f4795f17a389c46d7f0a47553f3c796d74a593d7490e22549e27b59c75d57e99","by_api":false}]]}');
INSERT INTO public.snapshot VALUES ('1-1000000001', 2, '2026-11-28 20:36:27.497896', '{"location_id":"1-1000000001","seq":2,"seen_at":"2026-11-28T20:36:27.497896Z","card":{"name":"Orchard House","service_type":"Care home","address":"12 Orchard Lane, Netherby, Leicestershire, LE1 1AA","provider_name":"Hartwell Care Limited"},"holdings":[[{"aspect":"breaches","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-27","quote":null,"report":"2026-09-15","page":"583e90b1984855618f80429876c1c7c498c29cb8731919cae6c36b9a8ae95d4a","by_api":false}],[{"aspect":"enforcement","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-27","quote":null,"report":"2026-09-15","page":"583e90b1984855618f80429876c1c7c498c29cb8731919cae6c36b9a8ae95d4a","by_api":false}],[{"aspect":"notices","group":"","of":""},{"value":[],"instead":null,"published":"2026-10-27","quote":null,"report":"2026-09-15","page":"583e90b1984855618f80429876c1c7c498c29cb8731919cae6c36b9a8ae95d4a","by_api":false}],[{"aspect":"rating","group":"","of":"caring"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"583e90b1984855618f80429876c1c7c498c29cb8731919cae6c36b9a8ae95d4a","by_api":false}],[{"aspect":"rating","group":"","of":"effective"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"583e90b1984855618f80429876c1c7c498c29cb8731919cae6c36b9a8ae95d4a","by_api":false}],[{"aspect":"rating","group":"","of":"overall"},{"value":"outstanding","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"d3d707adc82aa77aba4402bfc83449234d146ddcb0ddabed1bb5bafcd322932f","by_api":false}],[{"aspect":"rating","group":"","of":"responsive"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"583e90b1984855618f80429876c1c7c498c29cb8731919cae6c36b9a8ae95d4a","by_api":false}],[{"aspect":"rating","group":"","of":"safe"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"d3d707adc82aa77aba4402bfc83449234d146ddcb0ddabed1bb5bafcd322932f","by_api":false}],[{"aspect":"rating","group":"","of":"well-led"},{"value":"outstanding","instead":null,"published":null,"quote":null,"report":null,"page":"583e90b1984855618f80429876c1c7c498c29cb8731919cae6c36b9a8ae95d4a","by_api":false}],[{"aspect":"registration","group":"","of":""},{"value":"registered","instead":null,"published":null,"quote":null,"report":null,"page":"583e90b1984855618f80429876c1c7c498c29cb8731919cae6c36b9a8ae95d4a","by_api":false}],[{"aspect":"reports","group":"","of":""},{"value":["2023-03-02"],"instead":null,"published":"2023-04-18","quote":null,"report":"2023-03-02","page":"d3d707adc82aa77aba4402bfc83449234d146ddcb0ddabed1bb5bafcd322932f","by_api":false}],[{"aspect":"special measures","group":"","of":""},{"value":"not stated","instead":null,"published":"2023-04-18","quote":null,"report":null,"page":"d3d707adc82aa77aba4402bfc83449234d146ddcb0ddabed1bb5bafcd322932f","by_api":false}]]}');
INSERT INTO public.subscription VALUES (1, 'Leeds', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', 'immediate', '07:30', 'wed', '2026-11-18 20:35:56', false, NULL, NULL, NULL, NULL, '2026-11-18 20:35:56');
INSERT INTO public.subscription VALUES (2, 'Leeds', 'mailto:gone@council.example', '3cd15bae1cefee5628cc3c46963cc0a0affe01543db69fd6a0b62589f71b41f0', 'immediate', '07:30', 'wed', '2026-11-18 20:35:56', false, NULL, NULL, NULL, NULL, '2026-11-18 20:35:56');
INSERT INTO public.subscription VALUES (3, 'Leeds', 'mailto:daily@council.example', '8371779183afef49137df4fcb3b04be01a95ce995c014ef8efff34d1d10e0630', 'daily', '07:30', 'wed', '2026-11-18 20:35:56', false, NULL, NULL, NULL, NULL, '2026-11-18 20:35:56');
INSERT INTO public.subscription VALUES (6, 'Care at home', 'gAAAAABrCzsz8cr4jyVFKzmTa3RZS05dheVVQ29UZzoEQqMMP1nQXGswaDgYabVtyXMkztwIrMm_CVr1xz2coQK0W5nvQw1AMU80I4m71JFOtgKdlCHrvOH1xl0KHNhF130NA4tPwNvrNQ1gg_5kVr65d-mutD-yWKkUVWBJqr7ku28yZGWzFqg=', '01592bbd3d064473382f58971c2ab9c992eb348f3c14780800a363e747b9739f', 'daily', '07:30', 'wed', '2026-11-18 20:35:56', false, '2026-12-19 07:30:00', NULL, NULL, NULL, '2026-11-18 20:35:56');
INSERT INTO public.subscription VALUES (7, 'Leeds', 'gAAAAABrCzszINMUmOWWG_32vt3zueo85jhjpKm_zWnp2zhI1ZH6OhjgZ_olpFLsxsQ8LH-swGz7TdxUDNgkV-Ae6IOqodBTlsZoPcIxxJecL_ppbW3xoDT7yTl0eq9wMN7dGEXsU4g6', '918bedb9c6077481ade2eaeb331eda4da2bddcca2fce1cd2950e26595898e8bf', 'weekly', '07:30', 'wed', '2026-11-18 20:35:56', false, NULL, NULL, NULL, NULL, '2026-11-18 20:35:56');
INSERT INTO public.subscription VALUES (8, 'Care at home', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', 'daily', '09:00', 'mon', '2026-11-28 20:36:07.749136', false, NULL, NULL, NULL, NULL, '2026-11-28 20:36:07.749136');
INSERT INTO public.subscription VALUES (9, 'Leeds', 'mailto:no-reports@council.example', '78a16d946fa7fee05d1d9bec5cd41c36bee72951f1fd3b6d1439611fbe59e9eb', 'immediate', '08:00', 'mon', '2026-11-18 20:35:56', false, NULL, 4, '["downgraded", "upgraded", "first rated", "rating withdrawn", "score fell", "score rose", "entered special measures", "remains in special measures", "left special measures", "special measures unclear", "enforcement taken", "breach found", "archived", "provider changed", "moved", "registered"]', NULL, '2026-11-18 20:35:56');
INSERT INTO public.subscription VALUES (10, 'Leeds', 'mailto:few@council.example', 'a854adc9eadc7a74e5a360947ffdbbe8072bb32ae06c0ddd5a73fc67bda51dfd', 'immediate', '08:00', 'mon', '2026-11-18 20:35:56', false, NULL, 5, '["downgraded", "entered special measures"]', NULL, '2026-11-18 20:35:56');
INSERT INTO public.subscription VALUES (13, 'Care at home', 'mailto:scores@council.example', '715555080b1481056eab9d9a4b060dc7107276da36b10145b3da8c1e9e8b61e9', 'immediate', '08:00', 'mon', '2026-11-18 20:35:56', false, NULL, 8, '["score fell", "score rose"]', NULL, '2026-11-18 20:35:56');
INSERT INTO public.subscription VALUES (14, 'Care at home', 'mailto:none@council.example', '4304186f64bb94a19e173eacf36a99938036539b38299134e618b6cda2fc2580', 'immediate', '08:00', 'mon', '2026-11-18 20:35:56', false, NULL, 9, '[]', NULL, '2026-11-18 20:35:56');
INSERT INTO public.subscription VALUES (15, 'Leeds', 'mailto:unconfirmed@council.example', '5e31a3eb7a150078cebd6b982ca57041c62bac76dd8ebb80c6128867251a196f', 'daily', '08:00', 'mon', '2026-11-18 20:35:56', false, NULL, 2, '["upgraded"]', NULL, NULL);
INSERT INTO public.subscription VALUES (11, 'Care at home', 'mailto:paused@council.example', 'daff010584b6cd6dea3ad978dc809feea54123aa74a471a974d109457510ba91', 'immediate', '08:00', 'mon', '2026-11-18 20:35:56', false, NULL, 6, NULL, '2026-12-28 20:35:56', '2026-11-18 20:35:56');
INSERT INTO public.subscription VALUES (16, 'By rule', 'mailto:lead@council.example', '11e45de192114b954ccd73ef48aacb0030344b0ac81ff35e8ccbde4715b31ee0', 'weekly', '07:30', 'wed', '2026-11-18 20:35:56', false, NULL, NULL, NULL, NULL, '2026-11-18 20:35:56');
INSERT INTO public.subscription VALUES (4, 'Leeds', 'mailto:weekly@council.example', 'bc7a07bd1559b78a0e2d7f0a5e7754c27df4c4616bc16164ea91b8ef4ddfac01', 'weekly', '07:30', 'wed', '2026-11-18 20:35:56', true, '2026-12-09 07:30:00', NULL, NULL, NULL, '2026-11-18 20:35:56');
INSERT INTO public.subscription VALUES (5, 'Leeds', 'gAAAAABrCzsze8cVihAOT0ho8eN9dkh6osEX1l64fBLrAcXWsfut7L0FU1NHFwrhLpGRoJnEIG4wyhs6rSL1HBsfnSvTHxKoIz6z87-2WwSCuBRb2czlgTLEfDHk6GtFgKB_i85t5lgePGKaF6RmYYXNXcHQm1_-Kg==', '7718951d8cbbd13f8269587288d0a62604ab80bb7a1d3151795611bf32c26046', 'immediate', '07:30', 'wed', '2026-11-18 20:35:56', true, '2026-12-09 07:30:00', NULL, NULL, NULL, '2026-11-18 20:35:56');
INSERT INTO public.subscription VALUES (12, 'Care at home', 'mailto:all@council.example', '4f2bc905e4e39e075bec9e4dc18e078bfe2c6afa873d6fc505282294e879e6dc', 'immediate', '08:00', 'mon', '2026-11-18 20:35:56', true, '2026-12-07 08:00:00', 7, NULL, NULL, '2026-11-18 20:35:56');
INSERT INTO public.switched_off VALUES ('a854adc9eadc7a74e5a360947ffdbbe8072bb32ae06c0ddd5a73fc67bda51dfd', 'mailto:few@council.example', '2026-11-28 20:36:23.42272', '404 Not Found', '2026-11-28 20:41:23.42272');
INSERT INTO public.switched_off VALUES ('918bedb9c6077481ade2eaeb331eda4da2bddcca2fce1cd2950e26595898e8bf', 'gAAAAABrCztKzzRUaQp_rIZ_xiuC2jSbg3rP24HDwnly8EXUrO1vrD7YWORlFTRe3ibKZ1dn3YqTFbJ7zyqJVVpXxnPf01HbK-lOJBVypoc2RlZt9XzmqJOC8zWRicJJBlYQqMIErnz3', '2026-11-28 20:36:23.42272', '404 Not Found', '2026-11-28 20:41:23.42272');
INSERT INTO public.told VALUES (1, 'd8857f7223fe5635b2119b4b3f9319da', 'trouble', 'mailto:oncall@council.example', 'sent', '2026-11-28 20:36:12.637482', '250 2.0.0 queued as SIM00003', '{"events": [], "watchlists": [], "subject": "1 service has not been read well for too long"}');
INSERT INTO public.told VALUES (2, '413bc109608d4567ad0669e117d938a7', 'welcome', 'mailto:none@council.example', 'sent', '2026-11-28 20:36:13.260179', '250 2.0.0 queued as SIM00006', '{"events": [], "watchlists": ["Care at home"], "subject": null}');
INSERT INTO public.told VALUES (3, '1deb8ea313504c12822d826ce0b66a0c', 'welcome', 'mailto:all@council.example', 'sent', '2026-11-28 20:36:13.257146', '250 2.0.0 queued as SIM00004', '{"events": [], "watchlists": ["Care at home"], "subject": null}');
INSERT INTO public.told VALUES (4, '1e5b9ba886a347ed82ae302f106c494f', 'welcome', 'mailto:no-reports@council.example', 'sent', '2026-11-28 20:36:13.258691', '250 2.0.0 queued as SIM00005', '{"events": [], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (5, '555c40b56e7d4c5981309ea7bbdbb8f6', 'still watching', 'mailto:weekly@council.example', 'sent', '2026-11-28 20:36:13.362653', '250 2.0.0 queued as SIM00007', '{"events": [], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (6, '9966fcce742b4b50af3a31e32f2b387c', 'digest', 'mailto:daily@council.example', 'sent', '2026-11-28 20:36:13.521852', '250 2.0.0 queued as SIM00008', '{"events": ["silent 2026-11-28T07:30:00+00:00"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (7, '6c8a45e5eb1e4e689646480bc35fd161', 'digest', 'mailto:no-reports@council.example', 'sent', '2026-11-28 20:36:13.893546', '250 2.0.0 queued as SIM00009', '{"events": ["silent 2026-11-28T08:00:00+00:00"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (8, '9e9f284e66b24e21bb8c0550e72426f3', 'welcome', 'mailto:lead@council.example', 'sent', '2026-11-28 20:36:13.96532', '250 2.0.0 queued as SIM00010', '{"events": [], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (9, 'a888ca5d4c3b49319f5ddde776c34dae', 'welcome', 'mailto:few@council.example', 'sent', '2026-11-28 20:36:14.011782', '250 2.0.0 queued as SIM00011', '{"events": [], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (10, 'b26c7dfa315b486c96ca92c819a7badf', 'still watching', 'mailto:all@council.example', 'sent', '2026-11-28 20:36:14.215324', '250 2.0.0 queued as SIM00012', '{"events": [], "watchlists": ["Care at home"], "subject": null}');
INSERT INTO public.told VALUES (11, 'f4450c4ed1254999bc632d62bb6a699a', 'welcome', 'mailto:scores@council.example', 'sent', '2026-11-28 20:36:14.29574', '250 2.0.0 queued as SIM00014', '{"events": [], "watchlists": ["Care at home"], "subject": null}');
INSERT INTO public.told VALUES (12, 'e023422e443b4445948c876c8395cf5d', 'digest', 'mailto:weekly@council.example', 'sent', '2026-11-28 20:36:14.292642', '250 2.0.0 queued as SIM00013', '{"events": ["silent 2026-11-25T07:30:00+00:00"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (13, 'fee6a21609524e72984941d6681b2292', 'digest', 'mailto:gone@council.example', 'dead', '2026-11-28 20:36:14.37923', '550 No such user (at RCPT TO)', '{"events": ["silent 2026-11-28T07:30:00+00:00"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (14, 'd52d7d0ffcbb45d3bbc16b9511b48c5c', 'digest', 'mailto:few@council.example', 'sent', '2026-11-28 20:36:14.509675', '250 2.0.0 queued as SIM00015', '{"events": ["silent 2026-11-28T08:00:00+00:00"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (15, 'dc1440510aff55aba430e55a5b29c67a', 'trouble', 'mailto:oncall@council.example', 'sent', '2026-11-28 20:36:14.64433', '250 2.0.0 queued as SIM00016', '{"events": [], "watchlists": [], "subject": "a message could not be delivered"}');
INSERT INTO public.told VALUES (16, 'd5706cbd7598437f826a769f571d6238', 'digest', 'mailto:lead@council.example', 'sent', '2026-11-28 20:36:14.705037', '250 2.0.0 queued as SIM00017', '{"events": ["silent 2026-11-28T07:30:00+00:00"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (17, '0af10562d904431094d136491ab2aec1', 'alert', 'mailto:no-reports@council.example', 'sent', '2026-11-28 20:36:17.850284', '250 2.0.0 queued as SIM00018', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (18, '2a71968f342a49e8986f579d7ec27105', 'alert', 'mailto:gone@council.example', 'dead', '2026-11-28 20:36:17.962657', '550 No such user (at RCPT TO)', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53", "3b7cfc4525ad2603"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (19, '82ed050b66be4c718ff55c7f5a7b6eb4', 'alert', 'mailto:lead@council.example', 'sent', '2026-11-28 20:36:18.145816', '250 2.0.0 queued as SIM00019', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53", "3b7cfc4525ad2603"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (20, 'f6c577b4b78944aebc7a688b567e25e7', 'alert', 'mailto:few@council.example', 'sent', '2026-11-28 20:36:18.533129', '250 2.0.0 queued as SIM00020', '{"events": ["29acb6e3331afeee", "f20c1ed2f5da8d53"], "watchlists": ["Leeds"], "subject": null}');
INSERT INTO public.told VALUES (21, '9b2dd2a7e5505d598da027b275c51d03', 'trouble', 'mailto:oncall@council.example', 'sent', '2026-11-28 20:36:18.710461', '250 2.0.0 queued as SIM00021', '{"events": [], "watchlists": [], "subject": "a message could not be delivered"}');
INSERT INTO public.watch VALUES ('Leeds', '1-1000000001', '2026-11-18 20:35:56', false, NULL);
INSERT INTO public.watch VALUES ('Leeds', '1-1000000002', '2026-11-18 20:35:56', false, NULL);
INSERT INTO public.watch VALUES ('Leeds', '1-1000000003', '2026-11-18 20:35:56', false, NULL);
INSERT INTO public.watch VALUES ('Leeds', '1-1000000004', '2026-11-18 20:35:56', false, NULL);
INSERT INTO public.watch VALUES ('Leeds', '1-1000000005', '2026-11-18 20:35:56', false, NULL);
INSERT INTO public.watch VALUES ('Leeds', '1-1000000006', '2026-11-18 20:35:56', false, NULL);
INSERT INTO public.watch VALUES ('Care at home', '1-1000000004', '2026-11-28 20:36:07.466293', false, NULL);
INSERT INTO public.watch VALUES ('Care at home', '1-1000000005', '2026-11-28 20:36:07.466293', false, NULL);
INSERT INTO public.watch VALUES ('By rule', '1-1000000001', '2026-11-28 20:35:56', true, NULL);
INSERT INTO public.watch VALUES ('By rule', '1-1000000002', '2026-11-28 20:35:56', true, NULL);
INSERT INTO public.watch VALUES ('By rule', '1-1000000003', '2026-11-28 20:35:56', true, NULL);
INSERT INTO public.watch VALUES ('By rule', '1-1000000007', '2026-11-28 20:35:56', true, NULL);
INSERT INTO public.watchlist VALUES ('Care at home', NULL, NULL, '2026-11-28 20:36:07.466293');
INSERT INTO public.watchlist VALUES ('Leeds', 2, 'mailto:head@council.example', '2026-11-18 20:35:56');
INSERT INTO public.watchlist VALUES ('By rule', NULL, NULL, '2026-11-28 20:35:56');
INSERT INTO public.worker VALUES ('worker', 'box7', 7, '2026-11-28 20:36:26.911773', '2026-11-28 20:37:26.911773');
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
