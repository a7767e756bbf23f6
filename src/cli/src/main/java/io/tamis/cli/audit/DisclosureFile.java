package io.tamis.cli.audit;

import io.tamis.cli.chain.NotaryContract.Place;
import io.tamis.data.Code;
import io.tamis.data.EventId;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.TamisException;
import io.tamis.log.LedgerEvent;
import io.tamis.log.LogException;
import io.tamis.log.Salt;
import io.tamis.log.TlogProof;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A disclosure's members (ledger/format.md), each of its form; what is told twice is the same both times.
 *
 * @param opened event and salt; empty when the file says that they were erased
 * @param anchor where the file says its tree is anchored
 */
record DisclosureFile(Optional<Opened> opened, TlogProof proof, Optional<Anchored> anchor) {
    private static final Set<String> MEMBERS =
            Set.of("anchor", "commitment", "event", "id", "index", "keyId", "proof", "salt");
    private static final int NAME_LENGTH_MAX = 128;
    private static final int ID_LENGTH = 36;

    DisclosureFile {
        Objects.requireNonNull(opened);
        Objects.requireNonNull(proof);
        Objects.requireNonNull(anchor);
    }

    /** What opens a commitment. */
    record Opened(LedgerEvent event, Salt salt) {
        Opened {
            Objects.requireNonNull(event);
            Objects.requireNonNull(salt);
        }
    }

    /** Where a tree of this size is anchored, by the file's own word. */
    record Anchored(Place place, long size) {
        Anchored {
            Objects.requireNonNull(place);
        }
    }

    /** What reading came to. */
    sealed interface Read {
        /** All members are in order. */
        record Whole(DisclosureFile file) implements Read {}

        /** This member is missing, of another form, unknown, or contradicts the proof. */
        record Refused(String member) implements Read {}
    }

    static Read of(Json.Obj file) {
        Optional<String> unknown = file.members().keySet().stream()
                .filter(name -> !MEMBERS.contains(name))
                .findFirst();
        if (unknown.isPresent()) {
            return new Read.Refused(unknown.get());
        }
        var reader = new Reader(new JsonFields(file));
        try {
            return new Read.Whole(reader.whole());
        } catch (TamisException malformed) {
            return new Read.Refused(reader.at);
        }
    }

    /** Event and salt of an entry in any form that has both, whatever else it says. */
    static Optional<Opened> opened(Json.Obj entry) {
        try {
            return Optional.of(new Reader(new JsonFields(entry)).opened());
        } catch (TamisException malformed) {
            return Optional.empty();
        }
    }

    /** Remembers which member it is at. */
    private static final class Reader {
        private final JsonFields fields;
        private String at = "";

        Reader(JsonFields fields) {
            this.fields = fields;
        }

        DisclosureFile whole() {
            at = "proof";
            var proof = TlogProof.parse(fields.string(at, TlogProof.CHARACTERS_MAX));
            at = "index";
            fields.optionalInteger(at, 0, Json.Int.MAGNITUDE_MAX).ifPresent(index -> require(index == proof.index()));
            at = "id";
            same(ID_LENGTH, proof.entry().id().toString());
            at = "commitment";
            same(2 * Hash.LENGTH, proof.entry().commitment().hex());
            at = "anchor";
            Optional<Anchored> anchor = fields.optionalObject(at).map(this::anchored);
            at = "keyId";
            if (fields.optionalString(at, ID_LENGTH).map(EventId::parse).isPresent()) {
                // Erased: then there is nothing to open, and event or salt beside it would contradict it.
                fields.end();
                return new DisclosureFile(Optional.empty(), proof, anchor);
            }
            return new DisclosureFile(Optional.of(opened()), proof, anchor);
        }

        private Opened opened() {
            at = "event";
            var event = LedgerEvent.parse(fields.value(at).canonicalBytes());
            at = "salt";
            return new Opened(
                    event,
                    Salt.of(Hash.parse(fields.string(at, 2 * Hash.LENGTH)).bytes()));
        }

        private Anchored anchored(JsonFields anchor) {
            at = "anchor.size";
            long size = anchor.integer("size", 1, Json.Int.MAGNITUDE_MAX);
            at = "anchor.transaction";
            // Whoever looks for it may; what is believed is the contract's root.
            anchor.optionalString("transaction", NAME_LENGTH_MAX);
            at = "anchor";
            var place = new Place(
                    anchor.integer("chainId", 1, Json.Int.MAGNITUDE_MAX),
                    anchor.string("contract", NAME_LENGTH_MAX),
                    anchor.string("logId", NAME_LENGTH_MAX));
            anchor.end();
            return new Anchored(place, size);
        }

        private void same(int length, String proven) {
            fields.optionalString(at, length).ifPresent(told -> require(told.equals(proven)));
        }

        private static void require(boolean holds) {
            if (!holds) {
                throw new LogException(Code.INVALID_REQUEST);
            }
        }
    }
}
