-- Runs once, when the volume is new. The roles have the names of their services; psql reads the
-- passwords from the mounted Secret, so that none of them stands in a file of this repository.
\set risk_password `cat /run/secrets/cdb/risk-password`
\set execution_password `cat /run/secrets/cdb/execution-password`
\set db_writer_password `cat /run/secrets/cdb/db-writer-password`

CREATE ROLE "db-writer" LOGIN PASSWORD :'db_writer_password';
CREATE ROLE risk LOGIN PASSWORD :'risk_password';
CREATE ROLE execution LOGIN PASSWORD :'execution_password';

-- The db-writer makes the tables and writes them; the order path reads what it needs after a restart.
CREATE SCHEMA trading AUTHORIZATION "db-writer";
GRANT USAGE ON SCHEMA trading TO risk, execution;
ALTER DEFAULT PRIVILEGES FOR ROLE "db-writer" IN SCHEMA trading GRANT SELECT ON TABLES TO risk, execution;
