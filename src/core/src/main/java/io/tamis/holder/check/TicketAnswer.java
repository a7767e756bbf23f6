package io.tamis.holder.check;

import io.tamis.crypto.KeyProvider;
import io.tamis.data.RandomSource;
import io.tamis.he.Aggregate;
import io.tamis.he.Bfv;
import io.tamis.he.KeyEpoch;
import io.tamis.he.threshold.ActiveSet;
import io.tamis.he.threshold.HolderIndex;
import io.tamis.he.threshold.HolderShares;
import io.tamis.he.threshold.MerchantKey;
import io.tamis.he.threshold.OpenRequest;
import io.tamis.he.threshold.Outputs;
import io.tamis.he.threshold.SecretShare;
import io.tamis.he.threshold.Share;
import io.tamis.he.threshold.ShareFile;
import io.tamis.he.threshold.ShareHeader;
import io.tamis.he.threshold.ShareKind;
import io.tamis.he.threshold.ShareMaker;
import io.tamis.he.threshold.SwitchFile;
import io.tamis.he.threshold.SwitchShare;
import io.tamis.he.threshold.ZeroShares;
import io.tamis.holder.Roster;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.ShareMessage;
import io.tamis.privacy.Noise;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * Makes the shares of an accepted ticket: for each segment the holder's own full differentially private noise at coefficient 0,
 * or of counts at each bucket's, blinding at all others, flooding over all. Called once for a ticket: the caller keeps the message and sends it again, as a
 * second draw of noise would let the two be averaged.
 */
public final class TicketAnswer {
    private final Bfv scheme;
    private final Roster roster;
    private final Noise noise;
    private final RandomSource random;

    /** Answers under this roster, with this noise. */
    public TicketAnswer(Bfv scheme, Roster roster, Noise noise, RandomSource random) {
        this.scheme = Objects.requireNonNull(scheme);
        this.roster = Objects.requireNonNull(roster);
        this.noise = Objects.requireNonNull(noise);
        this.random = Objects.requireNonNull(random);
    }

    /** The active set of a ticket, by the roster's indices. */
    public static ActiveSet active(Roster roster, DecryptionTicket ticket) {
        return ActiveSet.of(ticket.activeSet().stream()
                .map(party -> new HolderIndex(roster.index(party).orElseThrow()))
                .toList());
    }

    /**
     * The signed message that opens the ticket's sums together with the other active holders'. With a result key it has switch
     * shares and no plain one, so that neither the service nor the other holders can read the sums; without, plain ones.
     */
    public ShareMessage answer(TicketVerdict.Accepted accepted, SecretShare key, KeyProvider keys) {
        HolderShares shares = accepted.resultKey()
                .map(merchant -> switched(accepted, key, merchant, keys))
                .orElseGet(() -> plain(accepted, key, keys));
        return ShareMessage.sign(scheme, shares, keys);
    }

    private HolderShares plain(TicketVerdict.Accepted accepted, SecretShare key, KeyProvider keys) {
        var maker = new ShareMaker(key, random);
        List<Share> shares = new ArrayList<>();
        for (Aggregate sum : accepted.sums()) {
            shares.add(maker.share(request(accepted, sum, keys), sum, noise(accepted)));
        }
        return new ShareFile(header(ShareKind.PLAIN, accepted, key), shares);
    }

    private HolderShares switched(
            TicketVerdict.Accepted accepted, SecretShare key, MerchantKey merchant, KeyProvider keys) {
        var maker = new ShareMaker(key, random);
        List<SwitchShare> shares = new ArrayList<>();
        for (Aggregate sum : accepted.sums()) {
            shares.add(maker.share(request(accepted, sum, keys), sum, noise(accepted), merchant));
        }
        return new SwitchFile(header(ShareKind.SWITCH, accepted, key), shares);
    }

    private OpenRequest request(TicketVerdict.Accepted accepted, Aggregate sum, KeyProvider keys) {
        DecryptionTicket ticket = accepted.ticket().ticket();
        var bounds = NoiseCheck.noise(scheme.params(), ticket, roster.holders().size(), sum.summed());
        var zeros = ZeroShares.of(new TicketPairs(roster, keys, accepted.ticket()));
        return new OpenRequest(active(roster, ticket), Outputs.first(outputs(ticket)), bounds, zeros);
    }

    private long[] noise(TicketVerdict.Accepted accepted) {
        DecryptionTicket ticket = accepted.ticket().ticket();
        return LongStream.generate(() -> noise.draw(ticket.noise().spread()))
                .limit(outputs(ticket))
                .toArray();
    }

    private static int outputs(DecryptionTicket ticket) {
        return ticket.segments().getFirst().outputs();
    }

    private ShareHeader header(ShareKind kind, TicketVerdict.Accepted accepted, SecretShare key) {
        DecryptionTicket ticket = accepted.ticket().ticket();
        return new ShareHeader(
                kind,
                new KeyEpoch(ticket.keyEpoch()),
                accepted.ticket().hash(),
                key.holder(),
                active(roster, ticket),
                accepted.sums().size());
    }
}
