package io.tamis.ledger;

import io.tamis.data.Code;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.log.Retention;
import io.tamis.log.SubjectRef;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Objects;
import java.util.Optional;

/** What an erasure or a legal hold is about. */
sealed interface KeyTarget {
    /** All entries of one person. */
    record OfSubject(SubjectRef subject) implements KeyTarget {
        public OfSubject {
            Objects.requireNonNull(subject);
        }
    }

    /** All entries of one class and month. */
    record OfMonth(Retention retention, YearMonth month) implements KeyTarget {
        public OfMonth {
            Objects.requireNonNull(month);
            if (retention == Retention.PERMANENT) {
                throw new LedgerException(Code.INVALID_REQUEST);
            }
        }
    }

    /** Everything: for holds only. */
    record Whole() implements KeyTarget {}

    /** Reads {@code subjectRef}, or {@code retention} and {@code month}, or {@code whole}: exactly one of the three. */
    static KeyTarget read(JsonFields fields) {
        var subject = fields.optionalString("subjectRef", 64).map(SubjectRef::parse);
        var retention = fields.optionalString("retention", 16);
        var month = fields.optionalString("month", 7);
        boolean whole = fields.flag("whole");
        boolean byMonth = retention.isPresent() && month.isPresent();
        boolean half = retention.isPresent() != month.isPresent();
        int named = (subject.isPresent() ? 1 : 0) + (byMonth ? 1 : 0) + (whole ? 1 : 0);
        if (half || named != 1) {
            throw new LedgerException(Code.INVALID_REQUEST);
        }
        if (whole) {
            return new Whole();
        }
        return subject.<KeyTarget>map(OfSubject::new)
                .orElseGet(() -> month(retention.orElseThrow(), month.orElseThrow()));
    }

    private static KeyTarget month(String retention, String month) {
        try {
            return new OfMonth(
                    Retention.fromWire(retention).orElseThrow(() -> new LedgerException(Code.INVALID_REQUEST)),
                    YearMonth.parse(month));
        } catch (DateTimeException noMonth) {
            throw new LedgerException(Code.INVALID_REQUEST, noMonth);
        }
    }

    /** The name of the kind, in rows and answers. */
    default String kind() {
        return switch (this) {
            case OfSubject ignored -> "SUBJECT";
            case OfMonth ignored -> "MONTH";
            case Whole ignored -> "WHOLE";
        };
    }

    /** The class; empty text when it is not about one. */
    default String retentionText() {
        return this instanceof OfMonth target ? target.retention().wire() : "";
    }

    /** The month; empty text when it is not about one. */
    default String monthText() {
        return this instanceof OfMonth target ? target.month().toString() : "";
    }

    /** The person; empty text when it is not about one. */
    default String subjectHex() {
        return this instanceof OfSubject target ? target.subject().hex() : "";
    }

    /** Tells kind, class and month. Never the person: what it is put into is kept for ever. */
    default void describe(Json.Builder answer) {
        answer.put("scope", kind());
        Optional.of(retentionText()).filter(text -> !text.isEmpty()).ifPresent(text -> answer.put("retention", text));
        Optional.of(monthText()).filter(text -> !text.isEmpty()).ifPresent(text -> answer.put("month", text));
    }
}
