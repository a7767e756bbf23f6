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
import io.tamis.he.threshold.SwitchShare;
import io.tamis.he.threshold.SwitchedSum;
import io.tamis.holder.Roster;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.ShareMessage;
import io.tamis.privacy.PrivacyException;
import io.tamis.privacy.Release;
import io.tamis.privacy.SealedReleaser;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Puts the shares of an active set together: what comes out carries every holder's noise, nobody has seen it without. Its numbers
 * live in memory until they are a release. With a result key there are no numbers here: what comes out is sealed to the merchant.
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

    /** What a ticket is answered with: shares that this service reads the sums with, or that it cannot. */
    static ShareKind kind(DecryptionTicket ticket) {
        return ticket.asked().resultKey().isPresent() ? ShareKind.SWITCH : ShareKind.PLAIN;
    }

    /** The release when every active holder's share is there; empty until then. */
    Optional<Outcome> ofAll(Handle tx, TicketRow row) {
        var answers = TicketRows.answers(tx, row.id());
        if (answers.stream().anyMatch(answer -> answer.share().isEmpty())) {
            return Optional.empty();
        }
        try {
            var shares = new Shares(answers.stream()
                    .map(answer -> file(row, answer.party(), answer.share().orElseThrow()))
                    .toList());
            Optional<Hash> key = row.issued().ticket().asked().resultKey();
            return Optional.of(new Outcome.Numbers(
                    key.map(named -> sealed(row, named, shares)).orElseGet(() -> release(row, shares))));
        } catch (HeException | PrivacyException nonsense) {
            return Optional.of(new Outcome.Nonsense());
        }
    }

    private Release release(TicketRow row, Shares shares) {
        ActiveSet active = Answers.activeSet(roster, row.issued().ticket());
        var combiner = new Combiner(scheme);
        if (row.terms().counts()) {
            SealedSegment all = row.segments().getFirst();
            var outputs = Outputs.first(row.terms().groups());
            return SealedReleaser.counts(
                    row.terms().spec(), combiner.open(sum(all), active, shares.plain(0), outputs, row.openedMax()));
        }
        var opened = new TreeMap<Integer, Long>();
        for (int at = 0; at < row.segments().size(); at++) {
            SealedSegment segment = row.segments().get(at);
            opened.put(
                    segment.group(),
                    combiner.open(sum(segment), active, shares.plain(at), Outputs.FIRST, row.openedMax())[0]);
        }
        return SealedReleaser.release(row.terms().spec(), row.users().orElseThrow(), opened);
    }

    /** Puts the sums together without seeing them; they are files before the release that names them commits. */
    private Release sealed(TicketRow row, Hash key, Shares shares) {
        ActiveSet active = Answers.activeSet(roster, row.issued().ticket());
        var combiner = new Combiner(scheme);
        var sealed = new TreeMap<Integer, Hash>();
        try (var batch = files.batch()) {
            for (int at = 0; at < row.segments().size(); at++) {
                SealedSegment segment = row.segments().get(at);
                Aggregate sum = sum(segment);
                var switched = combiner.switched(sum, active, shares.switched(at));
                byte[] bytes = new SwitchedSum(row.hash(), key, sum.hash(), row.openedMax(), switched).bytes(scheme);
                sealed.put(segment.group(), batch.add(bytes));
            }
            batch.publish();
        }
        return SealedReleaser.sealed(row.terms().spec(), row.users().orElseThrow(), sealed);
    }

    private Aggregate sum(SealedSegment segment) {
        return Aggregate.read(scheme, files.read(segment.body()), segment.summed());
    }

    private HolderShares file(TicketRow row, PartyId party, Hash hash) {
        return ShareMessage.verified(
                        scheme,
                        kind(row.issued().ticket()),
                        row.segments().size(),
                        files.read(hash),
                        roster.holder(party).orElseThrow().key())
                .file();
    }

    /** The answers of all, each of the kind that the ticket asked for: the other kind is not there. */
    private record Shares(List<HolderShares> files) {
        List<Share> plain(int at) {
            return files.stream()
                    .map(file -> switch (file) {
                        case ShareFile plain -> plain.shares().get(at);
                        case SwitchFile _ -> throw HeException.rejected();
                    })
                    .toList();
        }

        List<SwitchShare> switched(int at) {
            return files.stream()
                    .map(file -> switch (file) {
                        case SwitchFile switched -> switched.shares().get(at);
                        case ShareFile _ -> throw HeException.rejected();
                    })
                    .toList();
        }
    }
}
