package io.tamis.policy;

import io.tamis.data.ConsentClass;
import io.tamis.data.Flag;
import io.tamis.data.Level;
import io.tamis.data.MicroEpsilon;
import io.tamis.data.MicroRho;
import io.tamis.data.PolicyRole;
import io.tamis.data.Purpose;
import io.tamis.data.Semantic;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/** Seeded rules and questions, dense enough that permits, denials and requirements meet. */
final class RandomRules {
    private final Random random;
    private int next;

    RandomRules(long seed) {
        this.random = new Random(seed);
    }

    List<Rule> rules(int count) {
        var rules = new ArrayList<Rule>();
        for (int i = 0; i < count; i++) {
            rules.add(random.nextInt(5) == 0 ? denial() : permit());
        }
        return rules;
    }

    Rule permit() {
        return rule(new Rule.Permits(one(Treatment.class), requirements()));
    }

    Rule denial() {
        return rule(new Rule.Denies("because"));
    }

    private Rule rule(Rule.Effect effect) {
        var scope = new Rule.Scope(
                some(PolicyRole.class),
                some(Level.class),
                some(Purpose.class),
                some(Context.class),
                some(Action.class),
                some(Region.class));
        return new Rule(
                new RuleId("AC-%c-%03d".formatted('A' + next / 1000, next++ % 1000)),
                scope,
                effect,
                List.of("PIPL-51"));
    }

    private Requirements requirements() {
        return new Requirements(
                one(ConsentClass.class),
                random.nextBoolean(),
                random.nextBoolean() ? OptionalInt.of(random.nextInt(100)) : OptionalInt.empty(),
                random.nextBoolean() ? Optional.of(new MicroRho(random.nextInt(100))) : Optional.empty(),
                random.nextBoolean() ? Optional.of(new MicroEpsilon(random.nextInt(100))) : Optional.empty(),
                random.nextInt(3),
                random.nextInt(4) == 0,
                random.nextInt(4) == 0);
    }

    Question question() {
        var question = Question.asking()
                .role(one(PolicyRole.class))
                .level(one(Level.class))
                .purpose(one(Purpose.class))
                .context(one(Context.class))
                .action(one(Action.class))
                .consent(one(ConsentClass.class))
                .pia(one(PiaState.class))
                .region(one(Region.class))
                .flags(random.nextInt(8) == 0 ? Set.of(Flag.MINOR_U14) : Set.of())
                .approvals(random.nextInt(3))
                .strongAuth(random.nextBoolean())
                .dpoApproval(random.nextBoolean());
        if (random.nextBoolean()) {
            question.cohort(random.nextInt(200));
        }
        if (random.nextBoolean()) {
            question.rho(new MicroRho(random.nextInt(120)));
        }
        if (random.nextBoolean()) {
            question.epsilon(new MicroEpsilon(random.nextInt(120)));
        }
        if (random.nextBoolean()) {
            question.semantic(new Semantic("CN_MOBILE"));
        }
        return question.build();
    }

    <E extends Enum<E>> E one(Class<E> type) {
        E[] constants = type.getEnumConstants();
        return constants[random.nextInt(constants.length)];
    }

    /** At least one constant, and most of them: so that scopes overlap. */
    private <E extends Enum<E>> Set<E> some(Class<E> type) {
        var some = EnumSet.of(one(type));
        for (E constant : type.getEnumConstants()) {
            if (random.nextInt(3) > 0) {
                some.add(constant);
            }
        }
        return some;
    }
}
