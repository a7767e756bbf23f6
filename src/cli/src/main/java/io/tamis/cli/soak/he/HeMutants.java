package io.tamis.cli.soak.he;

import com.sun.management.ThreadMXBean;
import io.tamis.cli.bench.SoakReport;
import io.tamis.cli.client.Progress;
import io.tamis.cli.client.Shell;
import io.tamis.data.Code;
import io.tamis.he.HeException;
import io.tamis.he.HeParams;
import io.tamis.he.ring.Prime;
import io.tamis.he.ring.Primes;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Damages ciphertexts, keys and shares and has them read. Each is either refused by the one coded refusal, which says the
 * same about all of them, or read as exactly the bytes it is; nothing else is thrown, memory stays bounded by the length the
 * parameters give, and what is of another length is refused before anything of its size is allocated.
 *
 * <p>Most cases are of a ring of 256 without security, where a case takes microseconds; each 64th is of the default profile.
 */
public final class HeMutants {
    private static final int SMALL = 256;
    private static final int WHOLE_EACH = 64;
    private static final int TIMED_EACH = 500;
    private static final int TIMED_MIN = 8;
    private static final int TIMED_MAX = 400;

    /** Bytes allocated for a byte of a well-formed length: residues as longs, as doubles, and both written again. */
    private static final long BYTES_FOR_EACH_MAX = 16;

    /** Bytes of the generators' buffers, whatever is read. */
    private static final long BUFFERS_BYTES_MAX = 256 << 10;

    /** Bytes for a refusal that has read nothing but a header: an exception, a few small arrays. */
    private static final long REFUSAL_BYTES_MAX = 64 << 10;

    private enum Outcome {
        READ,
        REFUSED,
        READ_AS_ELSE,
        REFUSED_OTHERWISE,
        OTHER_EXCEPTION
    }

    private final Shell shell;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Map<Damage, Integer> refused = new EnumMap<>(Damage.class);
    private int read;
    private long allocatedMax;

    /** The soak in this shell. */
    public HeMutants(Shell shell) {
        this.shell = shell;
    }

    /** Runs so many cases, drawn from this seed. */
    public SoakReport run(int cases, long seed) {
        var report = new SoakReport("he-mutants");
        report.fact("seed", seed);
        var small = new Scene(small(), 1);
        var whole = new Scene(HeParams.AGG_8192, 2);
        loadClasses(small);
        var random = new SplittableRandom(seed);
        var progress = Progress.counting(shell, "damaged", cases);
        for (int i = 0; i < cases; i++) {
            play(i % WHOLE_EACH == 0 ? whole : small, random, report, i);
            progress.at(i + 1L);
        }
        progress.end();
        report.fact("cases", cases);
        report.fact("read_as_they_are", read);
        refused.forEach(
                (damage, count) -> report.fact("refused_" + damage.name().toLowerCase(Locale.ROOT), count));
        report.fact("allocated_max_bytes", allocatedMax);
        new RefusalTimes().measure(Math.clamp(cases / TIMED_EACH, TIMED_MIN, TIMED_MAX), seed, report);
        return report;
    }

    /** The first use of a class allocates what belongs to no case. */
    private static void loadClasses(Scene scene) {
        for (var door : Door.values()) {
            outcome(scene, door, scene.wellFormed(door));
            outcome(scene, door, new byte[0]);
        }
    }

    private void play(Scene scene, SplittableRandom random, SoakReport report, int number) {
        Door door = drawn(Door.values(), random);
        Damage damage = drawn(Damage.values(), random);
        byte[] bytes = scene.wellFormed(door);
        int length = bytes.length;
        byte[] damaged = damage.of(bytes, scene.polynomialAt(door), random);
        long before = threads.getCurrentThreadAllocatedBytes();
        var outcome = outcome(scene, door, damaged);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        allocatedMax = Math.max(allocatedMax, allocated);
        long most = damaged.length == length ? BUFFERS_BYTES_MAX + BYTES_FOR_EACH_MAX * length : REFUSAL_BYTES_MAX;
        String name = "case " + number + ", " + door + " " + damage;
        report.require(allocated <= most, name + " took more memory than its length allows");
        switch (outcome) {
            case READ -> read++;
            case REFUSED -> refused.merge(damage, 1, Integer::sum);
            case READ_AS_ELSE -> report.require(false, name + " was read as something else");
            case REFUSED_OTHERWISE -> report.require(false, name + " was refused otherwise");
            case OTHER_EXCEPTION -> report.require(false, name + " was answered by another exception");
        }
    }

    private static Outcome outcome(Scene scene, Door door, byte[] damaged) {
        try {
            return Arrays.equals(damaged, scene.read(door, damaged)) ? Outcome.READ : Outcome.READ_AS_ELSE;
        } catch (HeException refusal) {
            return isTheOne(refusal) ? Outcome.REFUSED : Outcome.REFUSED_OTHERWISE;
        } catch (RuntimeException other) {
            return Outcome.OTHER_EXCEPTION;
        }
    }

    /** One answer: the same code, words and members, and no cause that tells more. */
    private static boolean isTheOne(HeException refusal) {
        return refusal.fault() == HeException.Fault.REJECTED
                && refusal.code() == Code.CIPHERTEXT_REJECTED
                && refusal.getMessage().equals(Code.CIPHERTEXT_REJECTED.title())
                && refusal.getCause() == null
                && refusal.members().members().isEmpty();
    }

    private static <E> E drawn(E[] values, SplittableRandom random) {
        return values[random.nextInt(values.length)];
    }

    private static HeParams small() {
        var primes = Primes.AGG_8192.stream()
                .map(prime -> new Prime(prime.q(), Primes.firstRoot(prime.q(), SMALL)))
                .toList();
        return new HeParams("SOAK-256", SMALL, primes, 1L << 40, 40);
    }
}
