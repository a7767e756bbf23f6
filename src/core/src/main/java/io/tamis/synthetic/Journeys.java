package io.tamis.synthetic;

import java.util.ArrayList;
import java.util.List;

/** A shopper's paths of touchpoints: walks of the planted Markov chain, cut at {@link Planted#TOUCHES_MAX} touches. */
record Journeys(List<Touch> touches) {
    private static final int DAY_SECONDS = 86_400;
    private static final int BEGIN_DAYS = 300;
    private static final int WAIT_LEAST = 3_600;

    /** Two neighbouring touches are at most three days apart, so the longest path ends within the year. */
    private static final int WAIT_RANGE = 3 * DAY_SECONDS - WAIT_LEAST;

    /**
     * One contact.
     *
     * @param path 1, 2, .. within the person
     * @param second since the year's begin
     */
    record Touch(int path, int second, Channel channel, boolean converted) {}

    Journeys {
        touches = List.copyOf(touches);
    }

    /** Those of a person; none who is not on the shop. */
    static Journeys of(Person person) {
        var touches = new ArrayList<Touch>();
        Draws draws = person.draws(Stream.TOUCHES);
        int paths = paths(person);
        for (int path = 1; path <= paths; path++) {
            walk(path, draws, touches);
        }
        return new Journeys(touches);
    }

    private static int paths(Person person) {
        if (!person.isOn(Platform.SHOP)) {
            return 0;
        }
        double u = person.unit(Stream.PATHS);
        return u < Planted.SECOND_PATH_SHARE ? 2 : u < Planted.PATH_SHARE ? 1 : 0;
    }

    private static void walk(int path, Draws draws, List<Touch> touches) {
        int second = draws.below(BEGIN_DAYS * DAY_SECONDS);
        Channel channel = Channel.first(draws.below(Channel.PARTS));
        for (int length = 1; ; length++) {
            int part = draws.below(Channel.PARTS);
            boolean converted = part < channel.converts();
            touches.add(new Touch(path, second, channel, converted));
            int onward = part - channel.converts() - channel.givesUp();
            if (onward < 0 || length == Planted.TOUCHES_MAX) {
                return;
            }
            channel = channel.after(onward);
            second += WAIT_LEAST + draws.below(WAIT_RANGE);
        }
    }
}
