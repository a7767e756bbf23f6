package io.tamis.log.witness;

import io.tamis.log.SignedNote;
import java.util.List;

/** What a witness answers, each with the HTTP status C2SP tlog-witness gives it. */
public sealed interface Verdict {
    /** The media type of the size that comes with a conflict. */
    String SIZE_TYPE = "text/x.tlog.size";

    /** The status of the HTTP answer. */
    int status();

    /** The tree continues what the witness knew, and the witness remembers it now. */
    record Cosigned(List<SignedNote.Signature> signatures) implements Verdict {
        public Cosigned {
            signatures = List.copyOf(signatures);
        }

        @Override
        public int status() {
            return 200;
        }
    }

    /** Not of the documented form, or the old size is larger than the new one. */
    record Malformed() implements Verdict {
        @Override
        public int status() {
            return 400;
        }
    }

    /** No signature verifies under a key the witness trusts for this log. */
    record Untrusted() implements Verdict {
        @Override
        public int status() {
            return 403;
        }
    }

    /** The witness was not told of a log of this name. */
    record UnknownLog() implements Verdict {
        @Override
        public int status() {
            return 404;
        }
    }

    /**
     * The old size is not that of the tree the witness cosigned last, or the sizes are equal and the trees are not.
     *
     * @param size of the tree the witness cosigned last
     */
    record Conflict(long size) implements Verdict {
        @Override
        public int status() {
            return 409;
        }
    }

    /** The proof does not lead from the old tree to the new one: a log that contradicts itself. */
    record Inconsistent() implements Verdict {
        @Override
        public int status() {
            return 422;
        }
    }
}
