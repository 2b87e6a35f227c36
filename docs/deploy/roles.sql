-- Two roles on PostgreSQL. Run this file as a superuser, connected to the database of cqc-monitor:
--
--     psql --dbname=cqc_monitor --file=roles.sql
--
-- cqc_owner owns the tables and changes the schema at an upgrade. cqc_monitor reads and writes rows, and nothing else: the daemon
-- and the pages run as cqc_monitor. Give both roles a password afterwards, with \password.

CREATE ROLE cqc_owner LOGIN;
CREATE ROLE cqc_monitor LOGIN;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO cqc_owner;
GRANT USAGE ON SCHEMA public TO cqc_monitor;

-- These lines apply to everything that cqc_owner makes from now on, at the first `migrate` and at each later one.
ALTER DEFAULT PRIVILEGES FOR ROLE cqc_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO cqc_monitor;
ALTER DEFAULT PRIVILEGES FOR ROLE cqc_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO cqc_monitor;
