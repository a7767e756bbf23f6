package io.tamis.cli.soak.he;

import io.tamis.cli.bench.SoakReport;
import io.tamis.data.Hash;
import io.tamis.he.HeException;
import io.tamis.he.HeParams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * How long each kind of cryptographic failure takes to refuse at the default profile: a median of one kind further than a
 * fifth from another's of the same door would be an answer of its own. Kinds are measured in turn, in a new order each round,
 * so that a change of the machine's speed meets all alike. What is wrong with a length or a header everybody sees beforehand:
 * those are refused at once and not among the kinds.
 */
final class RefusalTimes {
    /** Below so many rounds medians are told, not judged: the compiler has not settled. */
    private static final int ROUNDS_JUDGED_MIN = 200;

    private static final double SPREAD_MAX = 1.20;
    private static final int WARM_UP_PARTS = 4;

    private final Scene scene = new Scene(HeParams.AGG_8192, 3);
    private final Map<String, Map<String, Runnable>> doors = new LinkedHashMap<>();

    RefusalTimes() {
        doors.put("ciphertext", ciphertexts());
        doors.put("shares", shares());
        doors.put("opening", openings());
    }

    private Map<String, Runnable> ciphertexts() {
        int residues = 2 * scene.params().primes().size() * scene.params().n();
        byte[] transparent = scene.wellFormed(Door.CIPHERTEXT);
        Arrays.fill(transparent, transparent.length - scene.params().polynomialBytes(), transparent.length, (byte) 0);
        var kinds = new LinkedHashMap<String, Runnable>();
        kinds.put("first_residue", parsing(Door.CIPHERTEXT, 0));
        kinds.put("middle_residue", parsing(Door.CIPHERTEXT, residues / 2));
        kinds.put("last_residue", parsing(Door.CIPHERTEXT, residues - 1));
        kinds.put("transparent", () -> scene.parse(Door.CIPHERTEXT, transparent));
        return kinds;
    }

    private Map<String, Runnable> shares() {
        int residues = scene.params().primes().size() * scene.params().n();
        byte[] doubled = scene.wellFormed(Door.SHARES);
        int hash = Hash.LENGTH;
        int each = hash + scene.params().polynomialBytes();
        int at = scene.polynomialAt(Door.SHARES) - hash;
        System.arraycopy(doubled, at, doubled, at + each, hash);
        var kinds = new LinkedHashMap<String, Runnable>();
        kinds.put("first_residue", parsing(Door.SHARES, 0));
        kinds.put("last_residue_of_first", parsing(Door.SHARES, residues - 1));
        kinds.put("aggregate_twice", () -> scene.parse(Door.SHARES, doubled));
        return kinds;
    }

    private Map<String, Runnable> openings() {
        var kinds = new LinkedHashMap<String, Runnable>();
        var wrong = scene.wrong(0);
        var otherSet = scene.ofAnotherSet(0);
        kinds.put("wrong_share", () -> scene.opened(scene.share(1, 0), wrong, 0));
        kinds.put("replayed_share", () -> scene.opened(scene.share(1, 0), scene.share(2, 1), 0));
        kinds.put("other_set", () -> scene.opened(scene.share(1, 0), otherSet, 0));
        kinds.put("holder_twice", () -> scene.opened(scene.share(1, 0), scene.share(1, 0), 0));
        return kinds;
    }

    private Runnable parsing(Door door, int residue) {
        byte[] bytes = scene.wellFormed(door);
        Damage.setOnes(bytes, scene.polynomialAt(door), residue);
        return () -> scene.parse(door, bytes);
    }

    /** Measures and reports. */
    void measure(int rounds, long seed, SoakReport report) {
        doors.forEach((door, kinds) -> {
            run(kinds, Math.max(1, rounds / WARM_UP_PARTS), seed);
            var medians = run(kinds, rounds, seed + 1);
            medians.forEach((kind, nanos) -> report.fact(door + "_" + kind + "_us", nanos / 1_000));
            double spread = (double) Collections.max(medians.values()) / Collections.min(medians.values());
            report.fact(door + "_spread_percent", Math.round(100 * (spread - 1)));
            report.require(
                    rounds < ROUNDS_JUDGED_MIN || spread <= SPREAD_MAX,
                    String.format(Locale.ROOT, "the time of a refusal of %s tells its kind: %.2f", door, spread));
        });
    }

    private static Map<String, Long> run(Map<String, Runnable> kinds, int rounds, long seed) {
        var random = new SplittableRandom(seed);
        var order = new ArrayList<>(kinds.keySet());
        var times = new LinkedHashMap<String, List<Long>>();
        order.forEach(kind -> times.put(kind, new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            Collections.shuffle(order, Random.from(random));
            for (String kind : order) {
                times.get(kind).add(refusal(kinds.get(kind)));
            }
        }
        var medians = new LinkedHashMap<String, Long>();
        times.forEach((kind, nanos) ->
                medians.put(kind, nanos.stream().sorted().toList().get(nanos.size() / 2)));
        return medians;
    }

    private static long refusal(Runnable kind) {
        long begun = System.nanoTime();
        try {
            kind.run();
        } catch (HeException refused) {
            return System.nanoTime() - begun;
        }
        throw new IllegalStateException("a failure was not refused");
    }
}
