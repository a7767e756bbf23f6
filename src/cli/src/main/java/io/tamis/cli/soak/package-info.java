/**
 * Soaks of the ledger against a faulty and a hostile world: processes killed, disks full, two sequencers, a database
 * administrator who edits. Everything is real: server, database, files.
 */
package io.tamis.cli.soak;
