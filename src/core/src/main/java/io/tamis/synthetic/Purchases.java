package io.tamis.synthetic;

import java.util.ArrayList;
import java.util.List;

/**
 * A buyer's year at the shop: BG/NBD times and Gamma-Gamma amounts. Times are continuous and written as days, so two orders
 * may fall on one day.
 *
 * @param left true when the buyer had dropped out by the year's end, which the data does not say
 */
record Purchases(List<Order> orders, boolean left) {
    private static final Purchases NONE = new Purchases(List.of(), false);
    private static final double WEEK = 7;
    private static final Zipf SKU = new Zipf(Planted.SKU_CATEGORIES);

    /** One order; {@code day} counts from the year's first. */
    record Order(int day, long fen, int category) {}

    Purchases {
        orders = List.copyOf(orders);
    }

    /** Those of a person; none who is not on the shop, or does not buy. */
    static Purchases of(Person person) {
        if (!person.isOn(Platform.SHOP) || person.unit(Stream.BUYER) >= Planted.BUYER_SHARE) {
            return NONE;
        }
        Draws traits = person.draws(Stream.BUYER_TRAITS);
        double weekly = traits.gamma(Planted.BG_R) / Planted.BG_ALPHA;
        double a = traits.gamma(Planted.BG_A);
        double b = traits.gamma(Planted.BG_B);
        double dropout = a / (a + b);
        double spendRate = traits.gamma(Planted.GG_Q) / Planted.GG_V;

        Draws times = person.draws(Stream.ORDER_TIMES);
        Draws amounts = person.draws(Stream.ORDER_AMOUNTS);
        Draws categories = person.draws(Stream.ORDER_CATEGORIES);
        var orders = new ArrayList<Order>();
        double time = person.unit(Stream.FIRST_ORDER) * Planted.FIRST_ORDER_DAYS;
        boolean left = false;
        while (!left && time < Planted.YEAR_DAYS && orders.size() < Planted.ORDERS_MAX) {
            orders.add(new Order((int) time, fen(amounts, spendRate), SKU.rank(categories.unit())));
            // The first purchase makes a customer; only those after it can be the last (BG/NBD, not its variants).
            left = orders.size() > 1 && times.unit() < dropout;
            time += WEEK * times.exponential() / weekly;
        }
        return new Purchases(orders, left);
    }

    private static long fen(Draws amounts, double spendRate) {
        double yuan = amounts.gamma(Planted.GG_P) / spendRate;
        return Math.clamp((long) (yuan * 100 + .5), 1, Planted.ORDER_FEN_MAX);
    }

    /** Sum of all orders from this day of the year on. */
    long fenSince(int day) {
        return orders.stream()
                .filter(order -> order.day() >= day)
                .mapToLong(Order::fen)
                .sum();
    }

    /** Number of orders from this day of the year on. */
    int countSince(int day) {
        return (int) orders.stream().filter(order -> order.day() >= day).count();
    }
}
