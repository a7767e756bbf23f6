package io.tamis.ledger;

import io.tamis.log.Retention;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * From when a month's content may be erased, and from when it should be. The duty comes from laws that make us keep what
 * proves lawful processing (PIPL articles 54 to 56: three years; the Cybersecurity Law, article 21: network logs six
 * months), the limit from those that forbid keeping longer than needed (GDPR article 5(1)(e), PIPL article 19). Both count
 * from the month's end, plus a day, so that no clock that is behind still seals under a key that is gone.
 */
@Singleton
final class RetentionRules {
    private final InstantSource clock;
    private final Map<Retention, Rule> rules;

    RetentionRules(
            InstantSource clock,
            @ConfigProperty(name = "tamis.retention.access.duty", defaultValue = "P6M") String accessDuty,
            @ConfigProperty(name = "tamis.retention.access.keep", defaultValue = "P3Y") String accessKeep,
            @ConfigProperty(name = "tamis.retention.decisions.duty", defaultValue = "P3Y") String decisionsDuty,
            @ConfigProperty(name = "tamis.retention.decisions.keep", defaultValue = "P5Y") String decisionsKeep,
            @ConfigProperty(name = "tamis.retention.accounts.duty", defaultValue = "P3Y") String accountsDuty,
            @ConfigProperty(name = "tamis.retention.accounts.keep", defaultValue = "P10Y") String accountsKeep) {
        this.clock = clock;
        this.rules = Map.of(
                Retention.ACCESS, new Rule(accessDuty, accessKeep),
                Retention.DECISIONS, new Rule(decisionsDuty, decisionsKeep),
                Retention.ACCOUNTS, new Rule(accountsDuty, accountsKeep));
    }

    /** How long content must be kept, and how long at most. */
    record Rule(Period duty, Period keep) {
        Rule(String duty, String keep) {
            this(Period.parse(duty), Period.parse(keep));
        }

        Rule {
            if (duty.isNegative() || keep.isNegative()) {
                throw new IllegalArgumentException("a retention is a period such as P6M");
            }
        }
    }

    /** The classes that can be erased at all, in order. */
    List<Retention> erasable() {
        return List.of(Retention.ACCESS, Retention.DECISIONS, Retention.ACCOUNTS);
    }

    /** The rule; none for what is kept for ever. */
    Optional<Rule> rule(Retention retention) {
        return Optional.ofNullable(rules.get(retention));
    }

    /** The latest month whose duty is over; erasing a later one is refused. */
    YearMonth erasableThrough(Retention retention) {
        return through(rules.get(retention).duty());
    }

    /** The latest month that should be gone. Never later than what may be erased. */
    YearMonth dueThrough(Retention retention) {
        var due = through(rules.get(retention).keep());
        var erasable = erasableThrough(retention);
        return due.isAfter(erasable) ? erasable : due;
    }

    /** The latest month m with: first day after m, plus the period, plus a day, is not after today. */
    private YearMonth through(Period period) {
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        var month = YearMonth.from(today).minusMonths(period.toTotalMonths());
        while (month.plusMonths(1).atDay(1).plus(period).plusDays(1).isAfter(today)) {
            month = month.minusMonths(1);
        }
        return month;
    }
}
