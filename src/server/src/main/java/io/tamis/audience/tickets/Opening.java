package io.tamis.audience.tickets;

import io.tamis.data.Hash;
import io.tamis.data.PartyId;
import io.tamis.he.Aggregate;
import io.tamis.he.Bfv;
import io.tamis.he.HeException;
import io.tamis.he.threshold.ActiveSet;
import io.tamis.he.threshold.Combiner;
import io.tamis.he.threshold.HolderShares;
import io.tamis.he.threshold.Outputs;
import io.tamis.he.threshold.Share;
import io.tamis.he.threshold.ShareFile;
import io.tamis.he.threshold.ShareKind;
import io.tamis.he.threshold.SwitchFile;
import io.tamis.holder.Roster;
import io.tamis.holder.ticket.ShareMessage;
import io.tamis.privacy.PrivacyException;
import io.tamis.privacy.Release;
import io.tamis.privacy.SealedReleaser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Puts the shares of an active set together: what comes out carries every holder's noise, nobody has seen it without. Its numbers
 * live in memory until they are a release.
 */
final class Opening {
    private final Bfv scheme;
    private final Roster roster;
    private final TicketFiles files;

    Opening(Bfv scheme, Roster roster, TicketFiles files) {
        this.scheme = scheme;
        this.roster = roster;
        this.files = files;
    }

    /** What an opening came to. */
    sealed interface Outcome {
        /** A release. */
        record Numbers(Release release) implements Outcome {}

        /** A value beyond what was declared: a share is wrong. */
        record Nonsense() implements Outcome {}
    }

    /** The release when every active holder's share is there; empty until then. */
    Optional<Outcome> ofAll(Handle tx, TicketRow row) {
        var answers = TicketRows.answers(tx, row.id());
        if (answers.stream().anyMatch(answer -> answer.share().isEmpty())) {
            return Optional.empty();
        }
        var files = answers.stream()
                .map(answer -> file(row, answer.party(), answer.share().orElseThrow()))
                .toList();
        try {
            return Optional.of(new Outcome.Numbers(release(row, files)));
        } catch (HeException | PrivacyException nonsense) {
            return Optional.of(new Outcome.Nonsense());
        }
    }

    private Release release(TicketRow row, List<ShareFile> shares) {
        ActiveSet active = Answers.activeSet(roster, row.issued().ticket());
        var combiner = new Combiner(scheme);
        var opened = new TreeMap<Integer, Long>();
        for (int at = 0; at < row.segments().size(); at++) {
            SealedSegment segment = row.segments().get(at);
            var sum = Aggregate.read(scheme, files.read(segment.body()), segment.summed());
            List<Share> own = new ArrayList<>();
            for (ShareFile file : shares) {
                own.add(file.shares().get(at));
            }
            opened.put(segment.group(), combiner.open(sum, active, own, Outputs.FIRST, row.openedMax())[0]);
        }
        return SealedReleaser.release(row.terms().spec(), row.users(), opened);
    }

    private ShareFile file(TicketRow row, PartyId party, Hash hash) {
        HolderShares file = ShareMessage.verified(
                        scheme,
                        ShareKind.PLAIN,
                        row.segments().size(),
                        files.read(hash),
                        roster.holder(party).orElseThrow().key())
                .file();
        return switch (file) {
            case ShareFile plain -> plain;
            case SwitchFile _ -> throw HeException.rejected();
        };
    }
}
