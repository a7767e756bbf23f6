package io.tamis.audience.tickets;

import io.tamis.data.Clamp;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.holder.ticket.QueryKind;
import io.tamis.privacy.GroupKey;
import io.tamis.privacy.KernelSpec;
import io.tamis.privacy.Layout;
import io.tamis.privacy.Loss;
import io.tamis.privacy.Measure;
import io.tamis.privacy.Mechanism;
import io.tamis.privacy.ReleaseSpec;
import io.tamis.privacy.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What a sealed audience costs and how exact it will be: all that its release depends on beside the numbers. Kept with the
 * ticket, because the release may come after a restart.
 *
 * @param kind how the groups' numbers come about
 * @param groups segments or buckets, declared ones all
 * @param parties platforms; a person is in one group of each at most
 * @param clamp what one person adds up to over all platforms
 * @param holders how many key holders open, each adding the full noise
 * @param loss by the whole release, split evenly over {@link #measures}
 * @param minUsers k
 */
public record SealedTerms(QueryKind kind, int groups, int parties, Clamp clamp, int holders, Loss loss, int minUsers) {
    /** Most segments. */
    public static final int GROUPS_MAX = 64;

    /** Most platforms: each has a column of its own in the answer, beside the number. */
    public static final int PARTIES_MAX = Layout.COLUMNS_MAX - 1;

    private static final int PLAIN_LABELS_MAX = 1;

    public SealedTerms {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(clamp);
        Objects.requireNonNull(loss);
        if (groups < 1 || groups > GROUPS_MAX || parties < 1 || parties > PARTIES_MAX || minUsers < 1) {
            throw new IllegalArgumentException("terms outside their limits");
        }
    }

    /** What is charged: the users of each platform, then the sum; or one count, where platforms count themselves. */
    public List<Measure> measures() {
        if (counts()) {
            return List.of(new Measure.SealedCount(parties, holders));
        }
        var measures = new ArrayList<Measure>();
        for (int party = 0; party < parties; party++) {
            measures.add(new Measure.Users());
        }
        measures.add(new Measure.SealedSum(clamp, holders));
        return List.copyOf(measures);
    }

    /** All numbers that the measures give, whatever was asked: dividing after the noise costs nothing. */
    public List<Statistic> statistics() {
        if (counts()) {
            return List.of(new Statistic.Users());
        }
        var statistics = new ArrayList<Statistic>();
        statistics.add(new Statistic.Sum(parties));
        statistics.add(new Statistic.MeanPerUser(new Statistic.Sum(parties)));
        for (int party = 0; party < parties; party++) {
            statistics.add(new Statistic.PartyUsers(party));
        }
        return List.copyOf(statistics);
    }

    /** The index of a platform's users among {@link #statistics()}. */
    public static int usersOf(int party) {
        return 2 + party;
    }

    /** True when the loss buys noise for every measure. */
    public boolean affordable() {
        List<Measure> measures = measures();
        if (loss.micro() < measures.size()) {
            return false;
        }
        List<Loss> shares = loss.split(measures.size());
        return IntStream.range(0, measures.size()).allMatch(at -> shares.get(at).buys(measures.get(at), 1));
    }

    /** True when every group's count is opened and nothing else was measured. */
    public boolean counts() {
        return kind == QueryKind.BUCKETS;
    }

    /** The price of what holders open alone. */
    public Loss sumLoss() {
        return loss.split(measures().size()).getLast();
    }

    /** The release with these names. */
    public ReleaseSpec spec(List<GroupKey> keys, Layout layout) {
        return new ReleaseSpec(
                new KernelSpec(groups, 1, measures()),
                loss.split(measures().size()),
                minUsers,
                keys,
                statistics(),
                layout);
    }

    /** The release without names: the same numbers. */
    public ReleaseSpec spec() {
        boolean single = groups == PLAIN_LABELS_MAX;
        List<GroupKey> keys = single
                ? List.of()
                : List.of(new GroupKey(
                        "group",
                        IntStream.range(0, groups).mapToObj(Integer::toString).toList()));
        return spec(keys, new Layout(single ? List.of() : List.of(0), List.of(new Layout.Named("sum", 0))));
    }

    Json.Obj toJson() {
        return Json.object()
                .put("kind", kind.name())
                .put("groups", groups)
                .put("parties", parties)
                .put("min", clamp.min())
                .put("max", clamp.max())
                .put("holders", holders)
                .put("mechanism", loss.mechanism().name())
                .put("lossMicro", loss.micro())
                .put("minUsers", minUsers)
                .build();
    }

    static SealedTerms fromJson(Json json) {
        var fields = new JsonFields(json);
        var terms = new SealedTerms(
                fields.constant("kind", QueryKind.class),
                (int) fields.integer("groups", 1, GROUPS_MAX),
                (int) fields.integer("parties", 1, PARTIES_MAX),
                new Clamp(
                        fields.integer("min", -Json.Int.MAGNITUDE_MAX, Json.Int.MAGNITUDE_MAX),
                        fields.integer("max", -Json.Int.MAGNITUDE_MAX, Json.Int.MAGNITUDE_MAX)),
                (int) fields.integer("holders", 1, 8),
                fields.constant("mechanism", Mechanism.class)
                        .loss(fields.integer("lossMicro", 1, Json.Int.MAGNITUDE_MAX)),
                (int) fields.integer("minUsers", 1, Integer.MAX_VALUE));
        fields.end();
        return terms;
    }
}
