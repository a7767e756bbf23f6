package io.tamis.cli.bench;

import io.tamis.cli.bench.OverlapQuestion.Audience;
import io.tamis.cli.bench.OverlapQuestion.Condition;
import io.tamis.cli.client.Answer;
import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.JobWatch;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Problem;
import io.tamis.cli.client.Shell;
import io.tamis.data.DatasetId;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Clients of four merchants race jobs over two to four overlapping datasets of one collaboration, named in any order, by
 * both mechanisms. No row is ever over its cap, every family pays in full, the collaboration's row is their sum, a merchant's
 * month is spent by one mechanism, and nobody waits for another in a circle.
 */
final class FamilyRace {
    private static final PartyId BRAND = new PartyId("brand-a");
    private static final DatasetId MEMBERS = new DatasetId("brand-members");
    private static final List<PartyId> MERCHANTS = Stream.of("racer-0", "racer-1", "racer-2", "racer-3")
            .map(PartyId::new)
            .toList();
    private static final List<DatasetId> DATASETS = Stream.concat(
                    Arrays.stream(Crowd.values()).map(Crowd::dataset), Stream.of(MEMBERS))
            .toList();

    private static final int PERSONS = 2_000;
    private static final int TRIES = 10;
    private static final long SEED = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** What PostgreSQL calls two transactions that wait for each other, and what a server says of an unexpected failure. */
    private static final List<String> TROUBLE = List.of("40P01", "deadlock", " ERROR ");

    private final Shell shell;
    private final SoakReport report;
    private final Rig rig;
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicLong exhausted = new AtomicLong();

    /** What each row has granted, by dataset and merchant, "*" for all. */
    private final Map<String, Amounts> granted = new ConcurrentHashMap<>();

    private final List<Granted> jobs = Collections.synchronizedList(new ArrayList<>());

    private record Granted(PartyId merchant, JobId job) {}

    /** Spent or capped, in millionths of either unit. */
    private record Amounts(long rho, long epsilon) {
        static final Amounts NONE = new Amounts(0, 0);

        Amounts plus(Amounts other) {
            return new Amounts(rho + other.rho, epsilon + other.epsilon);
        }

        static Amounts of(JsonView row, String member) {
            return new Amounts(
                    row.at("rhoMicro").at(member).integerOrZero(),
                    row.at("epsilonMicro").at(member).integerOrZero());
        }

        boolean within(Amounts cap) {
            return rho <= cap.rho && epsilon <= cap.epsilon;
        }
    }

    /** How a job pays, and so much on each family that a few use up a merchant's month. */
    private enum Way {
        ZCDP("ZCDP_GAUSSIAN", "rhoMicro", 2_900),
        PURE("PURE_LAPLACE", "epsilonMicro", 130_000);

        private final String mechanism;
        private final String unit;
        private final long micro;

        Way(String mechanism, String unit, long micro) {
            this.mechanism = mechanism;
            this.unit = unit;
            this.micro = micro;
        }

        Amounts price() {
            return this == ZCDP ? new Amounts(micro, 0) : new Amounts(0, micro);
        }

        Json privacy() {
            return Json.object().put("mechanism", mechanism).put(unit, micro).build();
        }
    }

    FamilyRace(Shell shell, SoakReport report, Rig rig) {
        this.shell = shell;
        this.report = report;
        this.rig = rig;
    }

    /** Lets so many clients race. */
    void run(int clients) {
        SignedAgreement agreement = agreed();
        Race.of(clients, client -> tries(agreement, MERCHANTS.get(client % MERCHANTS.size()), SEED + client));
        for (Granted job : List.copyOf(jobs)) {
            String state = new JobWatch(rig.as(Role.MERCHANT, job.merchant()), shell.clock())
                    .untilEnd(job.job(), PATIENCE, told -> {})
                    .at("state")
                    .text();
            report.require(state.equals("SUCCEEDED"), "a granted job ended as " + state);
        }
        judge(agreement, (long) clients * TRIES);
    }

    private SignedAgreement agreed() {
        for (Crowd crowd : Crowd.values()) {
            rig.load(crowd, PERSONS);
        }
        loadMembers();
        Stream<PartyId> owners = Stream.concat(Arrays.stream(Crowd.values()).map(Crowd::owner), Stream.of(BRAND));
        var agreement = SignedAgreement.of(
                rig,
                Stream.concat(
                                owners.map(owner -> new SignedAgreement.Party(owner, Role.PLATFORM)),
                                MERCHANTS.stream().map(merchant -> new SignedAgreement.Party(merchant, Role.MERCHANT)))
                        .toList(),
                OverlapQuestion.PURPOSE);
        for (Crowd crowd : Crowd.values()) {
            agreement.attach(crowd.owner(), crowd.dataset());
        }
        agreement.attach(BRAND, MEMBERS);
        return agreement;
    }

    private void loadMembers() {
        try {
            Path csv = Files.createTempFile("tamis-members-", ".csv");
            try {
                MembersFile.write(csv, PERSONS);
                rig.load(BRAND, MEMBERS, csv);
            } finally {
                Files.deleteIfExists(csv);
            }
        } catch (IOException noSpace) {
            throw new IllegalStateException("no room for a small temporary file", noSpace);
        }
    }

    private void tries(SignedAgreement agreement, PartyId merchant, long seed) {
        ApiClient client = rig.as(Role.MERCHANT, merchant);
        var random = new SplittableRandom(seed);
        for (int i = 0; i < TRIES; i++) {
            List<DatasetId> chosen = chosen(random);
            Way way = random.nextInt(3) == 0 ? Way.PURE : Way.ZCDP;
            int job = number.getAndIncrement();
            var question = new OverlapQuestion(
                    agreement.id(),
                    chosen.stream().map(dataset -> audience(dataset, job)).toList());
            switch (client.post("/v1/jobs", question.body("families-" + job, way.privacy()))) {
                case Answer.Ok ok -> {
                    jobs.add(new Granted(
                            merchant, JobId.parse(ok.view().at("jobId").text())));
                    chosen.forEach(dataset -> grant(merchant, dataset, way.price()));
                }
                case Answer.Refused(Problem problem)
                when problem.code().equals("BUDGET_EXHAUSTED") -> exhausted.incrementAndGet();
                case Answer.Refused(Problem problem) ->
                    report.require(false, "refused with " + problem.status() + " " + problem.code());
            }
        }
    }

    /** Two or more, in any order. */
    private static List<DatasetId> chosen(SplittableRandom random) {
        var left = new ArrayList<>(DATASETS);
        int count = 2 + random.nextInt(DATASETS.size() - 1);
        return Stream.generate(() -> left.remove(random.nextInt(left.size())))
                .limit(count)
                .toList();
    }

    /** Each job asks something else, so that none is answered from the cache. */
    private static Audience audience(DatasetId dataset, int job) {
        if (dataset.equals(MEMBERS)) {
            return Audience.where(MEMBERS, new Condition("joined_on", "GE", Json.of("2020-01-01")));
        }
        String column = switch (dataset.value()) {
            case "shop-users" -> "spend_90d_cny";
            case "video-users" -> "watch_minutes_30d";
            default -> "messages_30d";
        };
        return Audience.where(dataset, new Condition(column, "GE", Json.of(job)));
    }

    private void grant(PartyId merchant, DatasetId dataset, Amounts price) {
        granted.merge(key(dataset.value(), merchant.value()), price, Amounts::plus);
        granted.merge(key(dataset.value(), "*"), price, Amounts::plus);
        granted.merge(key("*", "*"), price, Amounts::plus);
    }

    private static String key(String dataset, String merchant) {
        return dataset + " " + merchant;
    }

    private void judge(SignedAgreement agreement, long attempts) {
        int collaborationRows = 0;
        int rows = 0;
        for (JsonView row : rig.as(Role.COMPLIANCE_OFFICER, Rig.AUDIT_OFFICE)
                .get("/v1/budgets")
                .orRefused()
                .view()
                .at("items")
                .items()) {
            String dataset = row.at("dataset").text();
            boolean ours = dataset.equals("*")
                    ? row.at("collaboration").text().equals(agreement.id().value())
                    : DATASETS.contains(new DatasetId(dataset));
            if (ours) {
                rows++;
                collaborationRows += dataset.equals("*") ? 1 : 0;
                judge(row, key(dataset, row.at("merchant").text()));
            }
        }
        report.require(collaborationRows == 1, "the collaboration has not one row");
        report.require(jobs.size() + exhausted.get() == attempts, "an answer is missing");
        report.require(!jobs.isEmpty() && exhausted.get() > 0, "nothing was raced for");
        rig.logged(TROUBLE).forEach(line -> report.require(false, "the server's log says " + line));
        report.fact("families_attempts", attempts);
        report.fact("families_granted", jobs.size());
        report.fact("families_refused_budget_exhausted", exhausted.get());
        report.fact("families_rows", rows);
    }

    /** A row of the lifetime and one of this month, which has been going on for all of the race but at a month's end. */
    private void judge(JsonView row, String key) {
        Amounts spent = Amounts.of(row, "spent");
        report.require(spent.within(Amounts.of(row, "cap")), key + ": more is spent than the cap");
        report.require(Amounts.of(row, "reserved").equals(Amounts.NONE), key + ": something stays reserved");
        report.require(
                spent.equals(granted.getOrDefault(key, Amounts.NONE)),
                key + ": spent is not the sum of what was granted");
        boolean oneMonth = !row.at("merchant").text().equals("*")
                && !row.at("period").text().equals("LIFETIME");
        report.require(
                !oneMonth || spent.rho() == 0 || spent.epsilon() == 0, key + ": a month is spent by two mechanisms");
    }
}
