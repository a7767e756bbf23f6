package io.tamis.privacy;

import io.tamis.data.Clamp;
import io.tamis.data.Json;
import java.util.Objects;

/**
 * What the kernel adds up per group. Unit of privacy: one person; neighbours: one person added or removed; the kernel
 * clips a person's contribution to one group, so that one cell changes by at most {@link #bound()}.
 */
public sealed interface Measure {
    /** The value of a row that has none (SQL's NULL): neither counted nor summed. */
    long NO_VALUE = Long.MIN_VALUE;

    /** B: the most that one person can change one cell by. */
    long bound();

    /** The canonical form, for the plan's digest. */
    Json toJson();

    /** Distinct persons; B = 1. */
    record Users() implements Measure {
        @Override
        public long bound() {
            return 1;
        }

        @Override
        public Json toJson() {
            return Json.object().put("kind", "USERS").build();
        }
    }

    /**
     * Rows that have a value, at most {@code rowsMax} of a person in one group; B = rowsMax.
     *
     * @param rowsMax the owner's countMax (l-infinity bound)
     */
    record Count(int rowsMax) implements Measure {
        public Count {
            PrivacyException.require(rowsMax >= 1);
        }

        @Override
        public long bound() {
            return rowsMax;
        }

        @Override
        public Json toJson() {
            return Json.object()
                    .put("kind", "COUNT")
                    .put("rowsMax", Json.of(rowsMax))
                    .build();
        }
    }

    /**
     * Sum of values, each row's and then each person's total in one group clipped to the clamp; B = max(|min|, |max|).
     *
     * @param clamp the owner's bounds in minor units; not both zero, for then there is nothing to learn
     */
    record Sum(Clamp clamp) implements Measure {
        public Sum {
            Objects.requireNonNull(clamp);
            PrivacyException.require(clamp.magnitude() >= 1);
        }

        @Override
        public long bound() {
            return clamp.magnitude();
        }

        @Override
        public Json toJson() {
            return Json.object()
                    .put("kind", "SUM")
                    .put("min", Json.of(clamp.min()))
                    .put("max", Json.of(clamp.max()))
                    .build();
        }
    }

    /**
     * How many persons of several parties are in a group, which nobody here can read: each party counted its own, key holders open
     * the added counts, each adding the full noise first. A person is in one group at most at each party; B = parties. A person of
     * several parties counts at each, so a number of {@code parties * k} is of k persons at least.
     *
     * @param parties whose counts are added
     * @param holders how many add noise
     */
    record SealedCount(int parties, int holders) implements Measure {
        public SealedCount {
            PrivacyException.require(parties >= 1 && parties < KernelSpec.MEASURES_MAX);
            PrivacyException.require(holders >= 1 && holders <= SpreadSum.DRAWS_MAX);
        }

        @Override
        public long bound() {
            return parties;
        }

        @Override
        public Json toJson() {
            return Json.object()
                    .put("kind", "SEALED_COUNT")
                    .put("parties", Json.of(parties))
                    .put("holders", Json.of(holders))
                    .build();
        }
    }

    /**
     * A sum over several parties' persons that nobody here can read: key holders open it, each adding the full noise first. A
     * person adds at most a party's maxAbs at each party, in one group there; B = max(|min|, |max|) is over all of them.
     *
     * @param clamp what one person adds up to over all parties; not both zero
     * @param holders how many add noise
     */
    record SealedSum(Clamp clamp, int holders) implements Measure {
        public SealedSum {
            PrivacyException.require(clamp.magnitude() >= 1 && holders >= 1 && holders <= SpreadSum.DRAWS_MAX);
        }

        @Override
        public long bound() {
            return clamp.magnitude();
        }

        @Override
        public Json toJson() {
            return Json.object()
                    .put("kind", "SEALED_SUM")
                    .put("min", Json.of(clamp.min()))
                    .put("max", Json.of(clamp.max()))
                    .put("holders", Json.of(holders))
                    .build();
        }
    }
}
