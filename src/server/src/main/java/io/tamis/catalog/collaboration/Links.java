package io.tamis.catalog.collaboration;

import io.tamis.catalog.Catalog;
import io.tamis.catalog.Identifiers;
import io.tamis.catalog.Snapshot;
import io.tamis.catalog.collaboration.AttachmentRows.Place;
import io.tamis.catalog.collaboration.AttachmentRows.Recent;
import io.tamis.catalog.link.LinkComparison;
import io.tamis.catalog.link.LinkDerivation;
import io.tamis.catalog.link.LinkSet;
import io.tamis.catalog.load.Effort;
import io.tamis.crypto.PseudonymAlgorithm;
import io.tamis.crypto.Pseudonyms;
import io.tamis.crypto.SecretBytes;
import io.tamis.crypto.WrappedKey;
import io.tamis.data.Code;
import io.tamis.data.RandomSource;
import io.tamis.data.Semantic;
import io.tamis.policy.Transform;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The link files of attachments: derives, compares, places and opens them, each under a key of its own. */
@Singleton
class Links {
    /** Versions that one attachment may have to be compared with by deriving their files anew. */
    static final int DERIVED_MAX = 8;

    private static final String FINISHED = "finished";

    private final Jdbi jdbi;
    private final Catalog catalog;
    private final Identifiers identifiers;
    private final CollaborationKeys keys;
    private final LinkFolders folders;
    private final RandomSource random;

    Links(
            Jdbi jdbi,
            Catalog catalog,
            Identifiers identifiers,
            CollaborationKeys keys,
            LinkFolders folders,
            RandomSource random) {
        this.jdbi = jdbi;
        this.catalog = catalog;
        this.identifiers = identifiers;
        this.keys = keys;
        this.folders = folders;
        this.random = random;
    }

    /** A version whose persons can be linked, and how their identifiers become pseudonyms. */
    record Source(Snapshot snapshot, Semantic semantic, PseudonymAlgorithm algorithm) {}

    /** Finished link files that no row knows yet. */
    record Derived(Place place, Source source, Path folder, CollaborationKeys.LinkKey key, long units)
            implements AutoCloseable {
        Attachment attachment() {
            return new Attachment(
                    place.dataset(),
                    place.version(),
                    place.keyEpoch(),
                    source.semantic(),
                    source.snapshot().contentHash(),
                    units);
        }

        @Override
        public void close() {
            key.close();
        }
    }

    /** The version as a source; POLICY_DENIED when no transform makes pseudonyms of such identifiers here. */
    Source source(Snapshot snapshot, Semantic semantic) {
        PseudonymAlgorithm algorithm = catalog.policy()
                .pseudonym(semantic)
                .map(Transform::algorithm)
                .flatMap(Links::algorithm)
                .orElseThrow(() -> new CollaborationException(Code.POLICY_DENIED));
        return new Source(snapshot, semantic, algorithm);
    }

    /**
     * Derives the files of a version in the epoch of this place, in a folder of their own within {@code temporary};
     * STATE_CONFLICT when the epoch's key was destroyed meanwhile.
     */
    Derived derive(Place place, Source source, Path temporary) throws IOException {
        Path folder = Files.createTempDirectory(temporary, FINISHED);
        var key = keys.createLinkKey();
        try (SecretBytes pseudonymKey = jdbi.inTransaction(tx -> keys.open(tx, place.collaboration(), place.keyEpoch()))
                        .orElseThrow(() -> new CollaborationException(Code.STATE_CONFLICT));
                var pseudonyms = Pseudonyms.under(source.algorithm(), pseudonymKey);
                var units = identifiers
                        .units(source.snapshot())
                        .orElseThrow(() -> new CollaborationException(Code.NOT_FOUND))) {
            var derived = LinkDerivation.derive(
                    units,
                    pseudonyms,
                    new Pseudonyms.Scope(place.collaboration(), source.semantic(), place.keyEpoch()),
                    folder,
                    key.secret(),
                    random,
                    Effort.DEFAULT);
            return new Derived(place, source, folder, key, derived.units());
        } catch (RuntimeException failed) {
            key.close();
            throw failed;
        }
    }

    /**
     * Refuses a version whose persons are nearly, but not quite, those of one of the others; the same persons with fresher
     * columns are no other list. They are compared by the units of this epoch:
     * their own link files may be of another collaboration or epoch, or destroyed, and then are derived again, to be
     * thrown away.
     */
    void requireApart(Derived derived, CollaborationRows.Row row, Set<Recent> others, Path temporary)
            throws IOException {
        int min = ListRules.differenceMin(derived.source().snapshot());
        int again = 0;
        try (LinkSet mine = open(derived)) {
            for (Recent other : others) {
                if (Math.abs(derived.units() - other.units()) >= min) {
                    continue;
                }
                Optional<LinkSet> attached = attached(derived, row, other);
                if (attached.isEmpty() && ++again > DERIVED_MAX) {
                    throw new CollaborationException(Code.TOO_LARGE);
                }
                try (LinkSet theirs = attached.isPresent() ? attached.get() : anew(derived, other, temporary)) {
                    long differing = LinkComparison.differing(mine, theirs, min);
                    if (differing > 0 && differing < min) {
                        throw new CollaborationException(Code.LIST_DELTA_TOO_SMALL);
                    }
                }
            }
        }
    }

    /** Moves finished files into their place. */
    void publish(Handle tx, Derived derived) throws IOException {
        folders.publish(tx, derived.folder(), derived.place());
    }

    /** Takes them back. */
    void withdraw(Derived derived) throws IOException {
        folders.withdraw(derived.place(), derived.folder());
    }

    /** Their key as the row keeps it. */
    WrappedKey wrapped(Derived derived) {
        return keys.wrap(derived.key(), derived.place());
    }

    /** The files of what is attached there; STATE_CONFLICT when their key is destroyed. */
    LinkSet open(Place place, Attachment attachment) {
        try (SecretBytes key = jdbi.inTransaction(tx -> keys.openLinkKey(tx, place))
                .orElseThrow(() -> new CollaborationException(Code.STATE_CONFLICT))) {
            return LinkSet.open(folders.folder(place), key, attachment.contentHash());
        }
    }

    private Optional<LinkSet> attached(Derived derived, CollaborationRows.Row row, Recent other) {
        return row.attachments().stream()
                .filter(attached -> attached.attachment().contentHash().equals(other.contentHash())
                        && attached.attachment()
                                .dataset()
                                .equals(derived.place().dataset())
                        && attached.attachment()
                                .semantic()
                                .equals(derived.source().semantic())
                        && attached.attachment().keyEpoch() == derived.place().keyEpoch())
                .findFirst()
                .map(attached -> open(attached.place(), attached.attachment()));
    }

    /** A version that cannot be read any more cannot be told apart from this one. */
    private LinkSet anew(Derived derived, Recent other, Path temporary) throws IOException {
        Snapshot snapshot = catalog.snapshot(derived.place().dataset(), other.version())
                .filter(found -> found.contentHash().equals(other.contentHash()))
                .orElseThrow(() -> new CollaborationException(Code.LIST_DELTA_TOO_SMALL));
        var source = new Source(
                snapshot, derived.source().semantic(), derived.source().algorithm());
        try (Derived theirs = derive(derived.place(), source, temporary)) {
            return open(theirs);
        }
    }

    private static LinkSet open(Derived derived) {
        return LinkSet.open(
                derived.folder(),
                derived.key().secret(),
                derived.source().snapshot().contentHash());
    }

    private static Optional<PseudonymAlgorithm> algorithm(String name) {
        return Arrays.stream(PseudonymAlgorithm.values())
                .filter(algorithm -> algorithm.name().equals(name))
                .findFirst();
    }
}
