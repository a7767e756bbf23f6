package io.tamis.ledger;

import io.tamis.log.LedgerEvent;
import io.tamis.log.Retention;
import io.tamis.log.SubjectRef;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/** What one data key seals: a month of a retention class, of one person when the events name one, else of all others. */
record KeyScope(Retention retention, YearMonth month, Optional<SubjectRef> subject) implements Comparable<KeyScope> {
    private static final Comparator<KeyScope> ORDER = Comparator.comparing(KeyScope::text);

    KeyScope {
        Objects.requireNonNull(retention);
        Objects.requireNonNull(month);
        Objects.requireNonNull(subject);
    }

    /** Where an event goes that is sealed in this month; types this version does not know are kept for ever. */
    static KeyScope of(LedgerEvent event, YearMonth month) {
        return new KeyScope(event.type().map(Retention::of).orElse(Retention.PERMANENT), month, event.subjectRef());
    }

    /** Where the log's own records of this month go. */
    static KeyScope records(YearMonth month) {
        return new KeyScope(Retention.PERMANENT, month, Optional.empty());
    }

    /** The person, in hexadecimal; empty without one. */
    String subjectHex() {
        return subject.map(SubjectRef::hex).orElse("");
    }

    /** The name that a wrapped key is bound to, without its part. */
    String text() {
        return subject.map(ref -> "subject/" + ref.hex() + "/").orElse("") + retention.wire() + "/" + month;
    }

    /** One order for all writers: two that make several keys at once then cannot wait for each other. */
    @Override
    public int compareTo(KeyScope other) {
        return ORDER.compare(this, other);
    }
}
