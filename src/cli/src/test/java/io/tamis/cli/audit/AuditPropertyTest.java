package io.tamis.cli.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.EventId;
import io.tamis.data.Json;
import io.tamis.log.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seeded logs of many jobs, interleaved as they would be: no false alarm, and no lie in the budget goes unseen. */
class AuditPropertyTest {
    private static final int JOBS = 30;
    private static final int LOGS = 10;

    @TempDir
    private Path folders;

    /** Where a job stands; each step writes what the service would write. */
    private enum Step {
        NEW,
        RESERVED,
        SCANNING,
        CHARGED,
        RELEASED,
        ENDED
    }

    static final class Story {
        private final Random random;
        private final LogBook log = new LogBook();
        private final Step[] steps = new Step[JOBS];
        private final long[] costs = new long[JOBS];
        private final TreeMap<String, Long> left = new TreeMap<>();
        private final List<Integer> charged = new ArrayList<>();
        private final TreeMap<String, EventId> lastRelease = new TreeMap<>();

        Story(long seed) {
            random = new Random(seed);
            Arrays.fill(steps, Step.NEW);
            left.put("*", 88_152L);
            for (int merchant = 0; merchant < 5; merchant++) {
                left.put("brand-" + merchant, 24_355L);
            }
        }

        LogBook tell(int events) {
            for (int i = 0; i < events; i++) {
                advance(random.nextInt(JOBS));
            }
            return log;
        }

        private String merchant(int job) {
            return "brand-" + job % 5;
        }

        private void advance(int job) {
            log.tenant(merchant(job));
            switch (steps[job]) {
                case NEW -> begin(job);
                case RESERVED -> {
                    if (random.nextInt(4) == 0) {
                        log.budget(EventType.BUDGET_RETURNED, job, costs[job]);
                        move(job, -costs[job]);
                        steps[job] = Step.ENDED;
                    } else {
                        log.budget(EventType.BUDGET_SCANNING, job, costs[job]);
                        steps[job] = Step.SCANNING;
                    }
                }
                case SCANNING -> {
                    charged.add(log.size());
                    log.budget(EventType.BUDGET_CHARGED, job, costs[job]);
                    steps[job] = Step.CHARGED;
                }
                case CHARGED -> {
                    if (random.nextInt(5) == 0) {
                        log.plain(EventType.JOB_FINISHED, job);
                        steps[job] = Step.ENDED;
                    } else {
                        log.published(job);
                        lastRelease.put(merchant(job), log.idOf(log.size() - 1));
                        steps[job] = Step.RELEASED;
                    }
                }
                case RELEASED -> log.delivered(job);
                case ENDED -> log.plain(EventType.DRYRUN_ANSWERED, job);
            }
        }

        private void begin(int job) {
            costs[job] = 1L + random.nextInt(6_000);
            log.decided(job, costs[job]);
            EventId earlier = lastRelease.get(merchant(job));
            if (earlier != null && random.nextInt(6) == 0) {
                log.repeated(job, earlier);
                steps[job] = Step.RELEASED;
            } else if (costs[job] <= Math.min(left.get("*"), left.get(merchant(job)))) {
                log.budget(EventType.BUDGET_RESERVED, job, costs[job]);
                move(job, costs[job]);
                steps[job] = Step.RESERVED;
            } else {
                log.plain(EventType.REQUEST_REFUSED, job);
                steps[job] = Step.ENDED;
            }
        }

        private void move(int job, long cost) {
            left.merge("*", -cost, Long::sum);
            left.merge(merchant(job), -cost, Long::sum);
        }
    }

    private AuditReport verify(LogBook log) {
        try {
            Path export = Files.createTempDirectory(folders, "log");
            log.write(export);
            return AuditVerification.verify(export, LogBook.KEY, 0, entries -> {});
        } catch (IOException unwritable) {
            throw new AssertionError(unwritable);
        }
    }

    @Test
    void log_ofManyInterleavedJobs_isValid() {
        for (int seed = 0; seed < LOGS; seed++) {
            AuditReport report = verify(new Story(seed).tell(20 + 10 * seed));
            assertEquals(List.of(), report.findings(), "seed " + seed);
            assertEquals(AuditReport.Verdict.VALID, report.verdict());
        }
    }

    @Test
    void charge_repeatedChangedOrLost_isNeverUnseen() {
        for (int seed = 100; seed < 100 + LOGS; seed++) {
            for (int lie = 0; lie < 3; lie++) {
                var story = new Story(seed);
                LogBook log = story.tell(200);
                int at = story.charged.get(new Random(seed).nextInt(story.charged.size()));
                boolean seen = switch (lie) {
                    case 0 -> !valid(log.repeat(at));
                    case 1 -> !valid(log.set(at, "rows", Json.array(log.fourRows(6_001))));
                    default ->
                        !valid(log.set(at, "job", Json.of(LogBook.job(JOBS + 1).toString())));
                };
                assertTrue(seen, "seed " + seed + ", lie " + lie);
            }
        }
    }

    private boolean valid(LogBook log) {
        return verify(log).verdict() == AuditReport.Verdict.VALID;
    }
}
