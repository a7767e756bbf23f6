package io.tamis.synthetic;

import io.tamis.data.Json;
import java.math.BigDecimal;
import java.time.LocalDate;

/** The parameters planted in every world: what a model is to find again. They are copied into truth.json. */
final class Planted {
    /** Everything happens from this day on. */
    static final LocalDate YEAR_BEGIN = LocalDate.of(2026, 1, 1);

    static final int YEAR_DAYS = 365;

    /** Shop users who buy at all. */
    static final double BUYER_SHARE = .45;

    /** First orders are spread evenly over so many days, and followed to the year's end. */
    static final int FIRST_ORDER_DAYS = 182;

    /** BG/NBD (Fader, Hardie, Lee 2005): purchases a week are Gamma(r, alpha) ... */
    static final double BG_R = .6;

    static final double BG_ALPHA = 6;

    /** ... and after each repeat purchase a buyer leaves with a probability that is Beta(a, b). */
    static final double BG_A = .8;

    static final double BG_B = 2.5;

    /** Gamma-Gamma (Fader, Hardie 2013): an order is Gamma(p, nu) yuan, nu is Gamma(q, v). */
    static final double GG_P = 6;

    static final double GG_Q = 4;
    static final double GG_V = 40;

    /** No buyer has more orders, so that a row bound can be declared. */
    static final int ORDERS_MAX = 200;

    /** No order is over 100,000 yuan. */
    static final long ORDER_FEN_MAX = 10_000_000;

    static final int SKU_CATEGORIES = 7;

    /** Favourite categories, by rank. */
    static final int CATEGORIES = 200;

    /** Share of shop users with at least one path of touchpoints, and with a second one. */
    static final double PATH_SHARE = .40;

    static final double SECOND_PATH_SHARE = .12;
    static final int TOUCHES_MAX = 20;

    /** Friends, follows and contacts are at least d with probability (least / d)^1.5: density exponent 2.5. */
    static final double DEGREE_EXPONENT = 2.5;

    static final int FRIENDS_LEAST = 5;
    static final int CONTACTS_LEAST = 20;
    static final int FOLLOWS_LEAST = 10;
    static final int DEGREE_MAX = 5_000;

    /** Most exposures of a person to one campaign on one platform. */
    static final int FREQUENCY_MAX = 40;

    static final double CLICK_SHARE = .02;

    private Planted() {}

    /** All of them; decimals as text, since our JSON has none. */
    static Json.Obj toJson() {
        return Json.object()
                .put(
                        "bgNbdPerWeek",
                        Json.object()
                                .put("r", text(BG_R))
                                .put("alpha", text(BG_ALPHA))
                                .put("a", text(BG_A))
                                .put("b", text(BG_B))
                                .build())
                .put(
                        "gammaGammaYuan",
                        Json.object()
                                .put("p", text(GG_P))
                                .put("q", text(GG_Q))
                                .put("v", text(GG_V))
                                .build())
                .put("buyerShare", text(BUYER_SHARE))
                .put("firstOrderDays", FIRST_ORDER_DAYS)
                .put("yearDays", YEAR_DAYS)
                .put("degreeExponent", text(DEGREE_EXPONENT))
                .put("zipfExponent", text(1))
                .put("favouriteCategories", CATEGORIES)
                .put("clickShare", text(CLICK_SHARE))
                .put("markovPartsOf10000", chain())
                .put("campaigns", campaigns())
                .build();
    }

    private static Json.Obj chain() {
        var chain = Json.object();
        for (Channel channel : Channel.values()) {
            var next = Json.object();
            for (Channel there : Channel.values()) {
                next.put(there.value(), channel.next(there));
            }
            chain.put(
                    channel.value(),
                    Json.object()
                            .put("begins", channel.begins())
                            .put("converts", channel.converts())
                            .put("givesUp", channel.givesUp())
                            .put("next", next.build())
                            .build());
        }
        return chain.build();
    }

    private static Json.Obj campaigns() {
        var campaigns = Json.object();
        for (Campaign campaign : Campaign.values()) {
            campaigns.put(
                    campaign.value(),
                    Json.object()
                            .put("from", campaign.from().toString())
                            .put("to", campaign.to().toString())
                            .put("videoReach", text(campaign.reach(Platform.VIDEO)))
                            .put("messengerReach", text(campaign.reach(Platform.MESSENGER)))
                            .put("meanFrequency", text(campaign.meanFrequency()))
                            .build());
        }
        return campaigns.build();
    }

    private static String text(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
