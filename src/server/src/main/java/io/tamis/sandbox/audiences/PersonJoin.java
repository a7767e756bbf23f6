package io.tamis.sandbox.audiences;

import io.tamis.catalog.link.LinkCursor;
import io.tamis.catalog.link.LinkException;
import io.tamis.catalog.link.LinkSet;
import io.tamis.catalog.scan.Deadline;
import io.tamis.catalog.scan.ScanException;
import io.tamis.catalog.scan.Shards;
import io.tamis.catalog.scan.UnitIndex;
import io.tamis.data.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Goes through all persons of a collaboration who are in at least one of several datasets, each once: a merge of the
 * datasets' links, which are in order of one numbering, part by part.
 *
 * <p>Unit of privacy: one person; this is where all their rows of all datasets come together and are counted once. Who
 * clamps: the tally, which adds at most its bound for a person. What could break it is a person met twice: a link file whose
 * units do not ascend, one in the wrong part, or two units for one person of a version. Each is found here, whatever the
 * link files' own checks, and ends the scan.
 */
final class PersonJoin {
    /** Set in a side's marks once the person was met: told apart from what else is kept there. */
    static final byte MET = (byte) 0x80;

    /** Records read ahead of the merge, for each side. */
    private static final int AHEAD = 256;

    /** The clock is read once in so many persons. */
    private static final int PERSONS_PER_CHECK = 4096;

    private final List<Side> sides;
    private final Deadline deadline;

    PersonJoin(List<Side> sides, Deadline deadline) {
        this.sides = List.copyOf(sides);
        this.deadline = deadline;
    }

    /**
     * One dataset.
     *
     * @param marks one byte for each person of the index; the join sets the bit {@link #MET}
     */
    @SuppressWarnings("ArrayRecordComponent") // not a value: shared on purpose, never compared
    record Side(PersonLinks links, UnitIndex index, byte[] marks) {}

    /** Counts persons; one for each shard, used by one thread. */
    interface Tally {
        /** The current person is in this side, there with this index. */
        void present(int side, int unit);

        /** The current person is complete. */
        void person();
    }

    /** A tally for each shard, all persons in one of them. */
    <T extends Tally> List<T> run(Supplier<T> tallies) {
        var next = new AtomicInteger();
        List<Parts<T>> tasks = Stream.generate(() -> new Parts<>(next, tallies.get()))
                .limit(Shards.count(LinkSet.PARTS))
                .toList();
        List<T> counted = Shards.run(tasks, deadline);
        for (int side = 0; side < sides.size(); side++) {
            int at = side;
            requireEachOnce(
                    sides.get(side),
                    tasks.stream().mapToLong(task -> task.met[at]).sum());
        }
        return counted;
    }

    /** As many persons were met as there are links, and as many marks as persons: nobody came twice. */
    private static void requireEachOnce(Side side, long met) {
        long marked = 0;
        for (byte mark : side.marks()) {
            marked += (mark & MET) == 0 ? 0 : 1;
        }
        if (met != side.links().units() || met != marked) {
            throw new ScanException(Code.JOB_FAILED);
        }
    }

    /** The parts one thread takes, as they come. */
    private final class Parts<T extends Tally> implements Shards.Task<T> {
        private final AtomicInteger next;
        private final T tally;
        private final long[] met = new long[sides.size()];

        Parts(AtomicInteger next, T tally) {
            this.next = next;
            this.tally = tally;
        }

        @Override
        public T call() {
            for (int part = next.getAndIncrement(); part < LinkSet.PARTS; part = next.getAndIncrement()) {
                merge(part);
            }
            return tally;
        }

        private void merge(int part) {
            deadline.check();
            var open = new ArrayList<Standing>();
            try {
                for (int side = 0; side < sides.size(); side++) {
                    open.add(new Standing(side, part, sides.get(side)));
                }
                merge(open);
            } catch (LinkException damaged) {
                throw new ScanException(Code.JOB_FAILED);
            } finally {
                open.forEach(Standing::close);
            }
        }

        private void merge(List<Standing> open) {
            Standing[] live = open.stream().filter(Standing::next).toArray(Standing[]::new);
            int unchecked = 0;
            while (live.length > 0) {
                if (++unchecked == PERSONS_PER_CHECK) {
                    deadline.check();
                    unchecked = 0;
                }
                long least = live[0].ordered;
                for (int i = 1; i < live.length; i++) {
                    least = Math.min(least, live[i].ordered);
                }
                boolean ended = false;
                for (Standing standing : live) {
                    if (standing.ordered == least) {
                        met[standing.side]++;
                        tally.present(standing.side, standing.unit());
                        ended |= !standing.next();
                    }
                }
                tally.person();
                if (ended) {
                    live = Arrays.stream(live)
                            .filter(standing -> !standing.ended)
                            .toArray(Standing[]::new);
                }
            }
        }

        @Override
        public void cancel() {
            // The deadline's check also sees the interrupt that goes with it.
        }
    }

    /** Where a side's cursor stands. */
    private static final class Standing implements AutoCloseable {
        private final int side;
        private final int part;
        private final UnitIndex index;
        private final byte[] marks;
        private final LinkCursor cursor;

        /** Read ahead: units in order, with the top bit turned so that unsigned order is signed, and who they are. */
        private final long[] orders = new long[AHEAD];

        private final int[] units = new int[AHEAD];
        private int at;
        private int filled;
        private boolean started;
        private long last;
        private boolean ended;

        /** The unit it stands at. */
        private long ordered;

        Standing(int side, int part, Side of) {
            this.side = side;
            this.part = part;
            this.index = of.index();
            this.marks = of.marks();
            this.cursor = of.links().part(part);
        }

        boolean next() {
            at++;
            if (at >= filled && !fill()) {
                ended = true;
                return false;
            }
            ordered = orders[at];
            return true;
        }

        /**
         * Reads the next records and marks their persons at once: the marks lie in random places of a large array, and looked
         * up together they are fetched together, where the merge would wait for each.
         */
        private boolean fill() {
            at = 0;
            filled = 0;
            while (filled < AHEAD && cursor.next()) {
                long unit = cursor.collaborationUnit();
                long order = unit ^ Long.MIN_VALUE;
                boolean ascends = !started || order > last;
                if (!ascends || unit >>> (Long.SIZE - LinkSet.PART_BITS) != part) {
                    throw new ScanException(Code.JOB_FAILED);
                }
                started = true;
                last = order;
                orders[filled] = order;
                units[filled] = index.of(cursor.unitNo());
                filled++;
            }
            for (int i = 0; i < filled; i++) {
                marks[units[i]] |= MET;
            }
            return filled > 0;
        }

        int unit() {
            return units[at];
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
