package io.tamis.privacy;

/** A number a merchant asks for, said in terms of the kernel's measures (by index). */
public sealed interface Statistic {
    /** Distinct persons. */
    record Users() implements Statistic {}

    /** Rows: the COUNT measure at this index. */
    record Count(int measure) implements Statistic {
        public Count {
            PrivacyException.require(measure >= 1 && measure < KernelSpec.MEASURES_MAX);
        }
    }

    /** A total: the SUM measure at this index. */
    record Sum(int measure) implements Statistic {
        public Sum {
            PrivacyException.require(measure >= 1 && measure < KernelSpec.MEASURES_MAX);
        }
    }

    /** A mean per row: a SUM and a COUNT, both charged, divided after the noise. */
    record Mean(Sum sum, Count count) implements Statistic {}

    /** Distinct persons of one party, where those of several are measured: the USERS measure at this index. */
    record PartyUsers(int measure) implements Statistic {
        public PartyUsers {
            PrivacyException.require(measure >= 0 && measure < KernelSpec.MEASURES_MAX);
        }
    }

    /** A sum over several parties per person of each, divided after the noise by the users of all parties. */
    record MeanPerUser(Sum sum) implements Statistic {}

    /** The name in a job's parameters. */
    default String kind() {
        return switch (this) {
            case Users _, PartyUsers _ -> "COUNT_USERS";
            case Count _ -> "COUNT";
            case Sum _ -> "SUM";
            case Mean _, MeanPerUser _ -> "MEAN";
        };
    }
}
