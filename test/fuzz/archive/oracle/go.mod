module cdb-lint.dev/archive-oracle

go 1.26.0
