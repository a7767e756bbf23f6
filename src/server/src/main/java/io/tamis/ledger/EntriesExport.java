package io.tamis.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.data.Code;
import io.tamis.data.Json;
import io.tamis.ledger.LogReader.Found;
import io.tamis.log.ExportEntry;
import io.tamis.log.TlogProof;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * Entries with all it takes to check them without us: event, salt, proof, and where the chain has it. An erased entry has
 * its commitment and the id of its key in place of event and salt, and its proof all the same.
 */
@Singleton
final class EntriesExport {
    /** Most entries of one export: with their proofs some 16 MB at most. */
    static final int ENTRIES_MAX = 1000;

    private final LogReader reader;
    private final Anchors anchors;
    private final AnchoredProofs anchored;
    private final Shards shards;
    private final Cosignatures cosignatures;

    EntriesExport(
            LogReader reader, Anchors anchors, AnchoredProofs anchored, Shards shards, Cosignatures cosignatures) {
        this.reader = reader;
        this.anchors = anchors;
        this.anchored = anchored;
        this.shards = shards;
        this.cosignatures = cosignatures;
    }

    /** One disclosure a line; all entries must be covered by a checkpoint. */
    byte[] lines(EntrySearch.Page page) {
        var out = new ByteArrayOutputStream();
        for (var found : page.items()) {
            out.writeBytes(disclosure(found)
                    .orElseThrow(() -> new LedgerException(Code.LEDGER_UNAVAILABLE))
                    .canonicalBytes());
            out.writeBytes("\n".getBytes(UTF_8));
        }
        return out.toByteArray();
    }

    /** The disclosure of one entry; empty until a checkpoint covers it. */
    Optional<Json.Obj> disclosure(Found found) {
        if (found.index().isEmpty()) {
            return Optional.empty();
        }
        // Under the anchored checkpoint where there is one: the chain knows roots by size.
        return anchored(found)
                .or(() -> reader.proof(found).map(proof -> told(found, proof).build()));
    }

    private Optional<Json.Obj> anchored(Found found) {
        var proof = anchored.proof(found);
        var origin = shards.of(found.event().log()).origin();
        return anchors.smallestCovering(origin, found.index().getAsLong())
                // Asked twice, as the chain may have been reorganised in between: only what fits is told.
                .filter(at ->
                        proof.filter(known -> says(known, at.head().size())).isPresent())
                .map(at -> told(found, proof.orElseThrow())
                        .put("anchor", anchor(at))
                        .build());
    }

    /** True when the checkpoint in this proof is of this size: its second line. */
    private static boolean says(TlogProof proof, long size) {
        return proof.note().encoded().lines().skip(1).findFirst().equals(Optional.of(Long.toString(size)));
    }

    private Json.Builder told(Found found, TlogProof proof) {
        var entry = (Json.Obj) Json.parse(found.entry().map(ExportEntry::line).orElseThrow());
        var told = Json.object();
        entry.members().forEach(told::put);
        var cosigned = new TlogProof(proof.entry(), proof.index(), proof.path(), cosignatures.cosigned(proof.note()));
        return told.put("proof", cosigned.text());
    }

    private static Json.Obj anchor(Anchors.AnchoredAt at) {
        var anchor = Json.object()
                .put("chainId", at.chainId())
                .put("contract", at.contract())
                .put("logId", "0x" + at.logId().hex())
                .put("size", at.head().size());
        at.transaction().ifPresent(hash -> anchor.put("transaction", "0x" + hash.hex()));
        return anchor.build();
    }
}
