package io.tamis.cli.audit;

import io.tamis.cli.audit.DisclosureFile.Anchored;
import io.tamis.cli.audit.DisclosureFile.Opened;
import io.tamis.cli.audit.DisclosureFile.Read;
import io.tamis.cli.chain.Notarised;
import io.tamis.cli.chain.NotaryContract.Place;
import io.tamis.data.Json;
import io.tamis.log.Checkpoint;
import io.tamis.log.LedgerEvent;
import io.tamis.log.LogEntry;
import io.tamis.log.VerifierKey;
import io.tamis.log.Witnesses;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One entry that somebody was shown with its salt and proof, held against keys, witnesses and a chain that its holder chose:
 * that the log committed to exactly this event, and that the tree it is in is signed, cosigned and anchored.
 *
 * @param step the first check that fails; empty when all hold
 * @param member the member of the file that is wrong, as the file spells it; empty when it is none of its form
 * @param event what was disclosed
 * @param checkpoint whose tree it is in; empty when the proof or a signature does not hold
 * @param anchored true when the chain holds this very tree
 */
public record DisclosureCheck(
        Optional<Step> step,
        Optional<String> member,
        Optional<LedgerEvent> event,
        Optional<Checkpoint> checkpoint,
        boolean anchored) {
    public DisclosureCheck {
        Objects.requireNonNull(step);
        Objects.requireNonNull(member);
        Objects.requireNonNull(event);
        Objects.requireNonNull(checkpoint);
    }

    /** What may fail, in the order of the checks; {@code ERASED} and {@code RESULT} come last. */
    public enum Step {
        /** The file is none: a member is missing, of another form, unknown, or another than the proof has. */
        FORM,
        /** Event and salt do not open the commitment. */
        COMMITMENT,
        /** Proof or signatures do not hold. */
        INCLUSION,
        /** A wrong cosignature. */
        WITNESS_WRONG,
        /** Too few witnesses. */
        WITNESSES,
        /** The file names another chain, contract or log than its holder does. */
        ANCHOR_ELSEWHERE,
        /** The chain holds no root at that size: not anchored yet, or under another checkpoint. */
        NOT_ANCHORED,
        /** The chain holds another root at that size. */
        ANCHOR,
        /** The node did not answer as it should; nothing is known of the anchor. */
        CHAIN,
        /** All holds, and there is no event: its key was destroyed, says the file. */
        ERASED,
        /** Of a receipt: the result is not the one the entry tells of. */
        RESULT
    }

    /** Where this log is anchored, and a node's view of it. */
    public record ChainView(Place place, Notarised log) {
        public ChainView {
            Objects.requireNonNull(place);
            Objects.requireNonNull(log);
        }
    }

    /** Checks a disclosure as {@code ledger/format.md} specifies it. */
    public static DisclosureCheck of(
            Json.Obj file, List<VerifierKey> keys, Witnesses witnesses, Optional<ChainView> chain) {
        return switch (DisclosureFile.of(file)) {
            case Read.Refused(String member) -> refused(member, Optional.empty());
            case Read.Whole(DisclosureFile whole) -> checked(whole, new Trust(keys, witnesses, chain));
        };
    }

    private static DisclosureCheck checked(DisclosureFile file, Trust trust) {
        Optional<LedgerEvent> event = file.opened().map(Opened::event);
        boolean opens = file.opened()
                .map(opened -> LogEntry.of(opened.salt(), opened.event())
                        .equals(file.proof().entry()))
                .orElse(true);
        if (!opens) {
            return new DisclosureCheck(Optional.of(Step.COMMITMENT), Optional.empty(), event, Optional.empty(), false);
        }
        Trust.Vouched vouched = trust.of(file.proof(), file.anchor().map(Anchored::place));
        if (vouched.checkpoint().isPresent()
                && anchoredAtAnotherSize(file, vouched.checkpoint().get())) {
            return refused("anchor.size", event);
        }
        Optional<Step> failed =
                vouched.failed().isEmpty() && event.isEmpty() ? Optional.of(Step.ERASED) : vouched.failed();
        return new DisclosureCheck(failed, Optional.empty(), event, vouched.checkpoint(), vouched.anchored());
    }

    private static boolean anchoredAtAnotherSize(DisclosureFile file, Checkpoint signed) {
        return file.anchor()
                .filter(anchor -> anchor.size() != signed.head().size())
                .isPresent();
    }

    private static DisclosureCheck refused(String member, Optional<LedgerEvent> event) {
        return new DisclosureCheck(Optional.of(Step.FORM), Optional.of(member), event, Optional.empty(), false);
    }
}
