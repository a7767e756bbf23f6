package io.tamis.catalog.collaboration;

import io.tamis.catalog.Catalog;
import io.tamis.catalog.Identifiers;
import io.tamis.crypto.KeyProvider;
import io.tamis.data.IdSource;
import io.tamis.data.RandomSource;
import io.tamis.ledger.Events;
import io.tamis.ledger.Ledger;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** The package's parts put together on the running service's, but for the ledger, the clock or the links of a test. */
@Singleton
class Doors {
    final Jdbi jdbi;
    final Catalog catalog;
    final Ledger ledger;
    final InstantSource clock;
    final CollaborationKeys keys;
    final LinkFolders folders;
    private final Identifiers identifiers;
    private final Events events;
    private final IdSource ids;
    private final RandomSource random;

    Doors(
            Jdbi jdbi,
            Catalog catalog,
            Ledger ledger,
            InstantSource clock,
            KeyProvider provider,
            LinkFolders folders,
            Identifiers identifiers,
            Events events,
            IdSource ids,
            RandomSource random) {
        this.jdbi = jdbi;
        this.catalog = catalog;
        this.ledger = ledger;
        this.clock = clock;
        this.keys = new CollaborationKeys(provider, random, ids);
        this.folders = folders;
        this.identifiers = identifiers;
        this.events = events;
        this.ids = ids;
        this.random = random;
    }

    Minutes minutes(Ledger entries, InstantSource time) {
        return new Minutes(jdbi, entries, events, time);
    }

    Detachments detachments(Ledger entries) {
        return new Detachments(jdbi, catalog, minutes(entries, clock), folders);
    }

    Agreements agreements(Ledger entries) {
        return new Agreements(jdbi, keys, minutes(entries, clock), detachments(entries), ids);
    }

    Links links(Catalog versions) {
        return new Links(jdbi, versions, identifiers, keys, folders, random);
    }

    /** Links that let something happen between the derivation and the transaction. */
    Links linksInterruptedBy(Runnable event) {
        return new Links(jdbi, catalog, identifiers, keys, folders, random) {
            @Override
            void requireApart(
                    Derived derived,
                    CollaborationRows.Row row,
                    java.util.Set<AttachmentRows.Recent> others,
                    java.nio.file.Path temporary)
                    throws java.io.IOException {
                super.requireApart(derived, row, others, temporary);
                event.run();
            }
        };
    }

    Attachments attachments(Ledger entries, InstantSource time, Links links) {
        return new Attachments(jdbi, catalog, new Derivations(folders), links, minutes(entries, time));
    }
}
