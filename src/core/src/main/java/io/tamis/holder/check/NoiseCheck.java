package io.tamis.holder.check;

import io.tamis.data.Charge;
import io.tamis.he.HeParams;
import io.tamis.he.NoiseBounds;
import io.tamis.holder.ticket.DecryptionTicket;
import io.tamis.holder.ticket.HolderRefusal;
import io.tamis.holder.ticket.Metric;
import io.tamis.holder.ticket.TicketBounds;
import io.tamis.holder.ticket.TicketNoise;
import io.tamis.privacy.GaussianVariance;
import io.tamis.privacy.LaplaceScale;
import io.tamis.privacy.Loss;
import io.tamis.privacy.Spread;
import io.tamis.privacy.SpreadSum;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * Items 6 and 7: sensitivity and noise, recomputed in whole numbers. Unit of privacy: one person; neighbours: one person
 * added or removed on all platforms. A person adds at most maxAbs on each platform, in at most groupsMax segments: with
 * B = maxAbs * platforms the L2 sensitivity is at most B*sqrt(groupsMax), the L1 at most B*groupsMax. In counts a person is in
 * one bucket of each platform: the L1 and L2 sensitivity of all buckets together is at most the platforms, which is B with
 * maxAbs and groupsMax 1. Cost: the loss named.
 */
final class NoiseCheck {
    private final HeParams params;
    private final DecryptionTicket ticket;

    NoiseCheck(HeParams params, DecryptionTicket ticket) {
        this.params = params;
        this.ticket = ticket;
    }

    /**
     * Stated bounds are no less than real ones.
     *
     * @param groups most segments that hold one position
     */
    Optional<HolderRefusal> sensitivityRefusal(List<TicketTag> tags, int groups) {
        TicketBounds bounds = ticket.bounds();
        long maxAbs = tags.stream().mapToLong(TicketTag::maxAbs).max().orElseThrow();
        boolean binary = ticket.asked().metric() != Metric.COUNT || maxAbs == 1;
        boolean covered =
                bounds.maxAbs() >= maxAbs && bounds.platforms() >= tags.size() && bounds.groupsMax() >= groups;
        return binary && covered ? Optional.empty() : Optional.of(HolderRefusal.SENSITIVITY);
    }

    /** The price of the sums is within what was charged, and the noise no less than price and bounds ask for. */
    Optional<HolderRefusal> noiseRefusal(Charge charged) {
        TicketNoise noise = ticket.noise();
        Loss loss = noise.loss();
        int measures = switch (ticket.kind()) {
            case MASKED -> ticket.sources().size() + 1;
            // Of counts no users are measured beside.
            case BUCKETS -> 1;
        };
        long paid = loss.mechanism().amountOf(charged);
        boolean within = paid >= measures
                && loss.micro()
                        <= loss.mechanism()
                                .loss(paid)
                                .split(measures)
                                .getFirst()
                                .micro();
        boolean enough = fits(loss)
                && atLeast(noise.spread(), TicketNoise.of(loss, ticket.bounds()).spread());
        return within && enough ? Optional.empty() : Optional.of(HolderRefusal.NOISE_TOO_LOW);
    }

    private boolean fits(Loss loss) {
        return ticket.bounds().fits()
                && loss.buys(ticket.bounds().measure(), ticket.bounds().groupsMax());
    }

    /** Cross-multiplied: a fraction never becomes a floating number. */
    private static boolean atLeast(Spread stated, Spread needed) {
        return switch (stated) {
            case GaussianVariance(var numerator, var denominator) ->
                needed instanceof GaussianVariance(var least, var of)
                        && numerator.multiply(of).compareTo(least.multiply(denominator)) >= 0;
            case LaplaceScale(var numerator, var denominator) ->
                needed instanceof LaplaceScale(var least, var of)
                        && numerator.multiply(of).compareTo(least.multiply(denominator)) >= 0;
            case SpreadSum _ -> false;
        };
    }

    /**
     * The flood fits under the plaintext, and sums with noise do not wrap around.
     *
     * @param persons positions of each source, in order
     */
    Optional<HolderRefusal> admissionRefusal(List<TicketTag> tags, List<Integer> persons, int contributors) {
        int summed = ticket.sources().stream()
                .mapToInt(source -> source.inputs().size())
                .sum();
        BigInteger magnitude = noiseMargin();
        for (int i = 0; i < tags.size(); i++) {
            magnitude = magnitude.add(BigInteger.valueOf(persons.get(i))
                    .multiply(BigInteger.valueOf(tags.get(i).maxAbs())));
        }
        boolean admitted =
                noise(params, ticket, contributors, summed).admitted() && NoiseBounds.plaintextFits(params, magnitude);
        return admitted ? Optional.empty() : Optional.of(HolderRefusal.NOISE_ADMISSION);
    }

    /** Bounds of one of the ticket's sums, of so many inputs. */
    static NoiseBounds noise(HeParams params, DecryptionTicket ticket, int contributors, int summed) {
        return switch (ticket.kind()) {
            case MASKED -> NoiseBounds.ofMasked(params, contributors, summed);
            case BUCKETS -> NoiseBounds.ofPlain(params, contributors, summed);
        };
    }

    private BigInteger noiseMargin() {
        return ticket.noise()
                .spread()
                .sigma()
                .multiply(BigDecimal.valueOf(
                        (long) TicketLimits.SIGMAS * ticket.activeSet().size()))
                .setScale(0, RoundingMode.CEILING)
                .toBigIntegerExact();
    }
}
