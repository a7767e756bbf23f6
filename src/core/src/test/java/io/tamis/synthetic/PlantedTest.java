package io.tamis.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What was planted grows: closed formulas against 200,000 persons of a fixed seed. Bounds are six standard errors, so a
 * sound generator is blamed with 2e-9 a check.
 */
class PlantedTest {
    private static final int PERSONS = 200_000;
    private static final double SIGMAS = 6;
    private static final List<Life> LIVES = new ArrayList<>(PERSONS);

    @BeforeAll
    static void live() {
        var world = new World(new Seed(20_261_124), PERSONS);
        for (long i = 0; i < PERSONS; i++) {
            LIVES.add(Life.of(world.person(i)));
        }
    }

    private static List<Purchases> buyers() {
        return LIVES.stream()
                .map(Life::purchases)
                .filter(purchases -> !purchases.orders().isEmpty())
                .toList();
    }

    /** So many of so many, where each had the probability p. */
    private static void assertShare(double p, long hits, long tries) {
        assertTrue(tries > 1_000, "too few to say anything");
        assertEquals(p, (double) hits / tries, SIGMAS * Math.sqrt(p * (1 - p) / tries));
    }

    @ParameterizedTest
    @CsvSource({"SHOP, .5, .3", "VIDEO, .4, .4", "MESSENGER, .6, .3", "BRAND, .1, .2"})
    void membership_growsWithAffluence(Platform platform, double base, double slope) {
        for (int tenth = 0; tenth < 10; tenth++) {
            double from = tenth / 10.0;
            var persons = LIVES.stream()
                    .map(Life::person)
                    .filter(person -> person.affluence() >= from && person.affluence() < from + .1)
                    .toList();
            long on = persons.stream().filter(person -> person.isOn(platform)).count();
            assertShare(base + slope * (from + .05), on, persons.size());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, .18", "1, .28", "2, .24", "3, .17", "4, .13"})
    void ageBands_haveTheirShares(int band, double share) {
        assertShare(
                share,
                LIVES.stream().filter(life -> life.person().ageBand() == band).count(),
                PERSONS);
    }

    @ParameterizedTest
    @CsvSource({"0, .20", "1, .20", "2, .225", "3, .225", "4, .15"})
    void cityTiers_haveTheirShares(int tier, double share) {
        assertShare(
                share,
                LIVES.stream().filter(life -> life.person().cityTier() == tier).count(),
                PERSONS);
    }

    @Test
    void buyers_areTheirShareOfTheShop() {
        long users =
                LIVES.stream().filter(life -> life.person().isOn(Platform.SHOP)).count();
        assertShare(Planted.BUYER_SHARE, buyers().size(), users);
        assertTrue(LIVES.stream()
                .filter(life -> !life.person().isOn(Platform.SHOP))
                .allMatch(life -> life.purchases().orders().isEmpty()));
    }

    /**
     * BG/NBD, equation for P(X(t) = 0) = (alpha / (alpha + t))^r: nobody drops out before a repeat order, so who has none is
     * the gamma mixture's doing alone. The first order's time is known to the day, which moves t by a seventh at most.
     */
    @Test
    void buyersWithoutRepeat_areAsManyAsTheGammaMixtureSays() {
        double expected = 0;
        double variance = 0;
        int none = 0;
        for (Purchases purchases : buyers()) {
            double weeks = (Planted.YEAR_DAYS - purchases.orders().getFirst().day() - .5) / 7;
            double p = StrictMath.pow(Planted.BG_ALPHA / (Planted.BG_ALPHA + weeks), Planted.BG_R);
            expected += p;
            variance += p * (1 - p);
            none += purchases.orders().size() == 1 ? 1 : 0;
        }
        assertEquals(expected, none, SIGMAS * Math.sqrt(variance) + .001 * none);
    }

    /** Each repeat buyer tosses once after the first repeat, with a Beta(a, b) coin: a / (a + b) leave there. */
    @Test
    void dropout_afterTheFirstRepeat_hasTheMeanOfItsBeta() {
        var repeat = buyers().stream().filter(p -> p.orders().size() > 1).toList();
        long left =
                repeat.stream().filter(p -> p.orders().size() == 2 && p.left()).count();
        assertShare(Planted.BG_A / (Planted.BG_A + Planted.BG_B), left, repeat.size());
    }

    /** Second moment of the Beta: who stayed once stays again with E[(1-p)^2] / E[1-p] = (b + 1) / (a + b + 1). */
    @Test
    void dropout_afterTheSecondRepeat_isRarer() {
        var stayed = buyers().stream().filter(p -> p.orders().size() > 2).toList();
        long left =
                stayed.stream().filter(p -> p.orders().size() == 3 && p.left()).count();
        assertShare(Planted.BG_A / (Planted.BG_A + Planted.BG_B + 1), left, stayed.size());
    }

    @Test
    void orders_areInTheYearAndInOrder() {
        for (Purchases purchases : buyers()) {
            int last = 0;
            for (Purchases.Order order : purchases.orders()) {
                assertTrue(order.day() >= last && order.day() < Planted.YEAR_DAYS);
                assertTrue(order.fen() >= 1 && order.fen() <= Planted.ORDER_FEN_MAX);
                last = order.day();
            }
            assertTrue(purchases.orders().size() <= Planted.ORDERS_MAX);
            assertTrue(purchases.orders().getFirst().day() < Planted.FIRST_ORDER_DAYS);
        }
    }

    /** Gamma-Gamma: mean p v / (q - 1), second moment p (p + 1) v^2 / ((q - 1)(q - 2)). */
    @Test
    void firstOrders_haveTheMeanOfGammaGamma() {
        double mean = Planted.GG_P * Planted.GG_V / (Planted.GG_Q - 1);
        double second = Planted.GG_P
                * (Planted.GG_P + 1)
                * Planted.GG_V
                * Planted.GG_V
                / ((Planted.GG_Q - 1) * (Planted.GG_Q - 2));
        assertMean(mean, second - mean * mean, p -> p.orders().getFirst().fen() / 100.0, buyers());
    }

    /** Given nu, two orders are independent: the mean of their product is p^2 v^2 / ((q - 1)(q - 2)), by person. */
    @Test
    void twoOrdersOfABuyer_areAlikeAsGammaGammaSays() {
        var repeat = buyers().stream().filter(p -> p.orders().size() > 1).toList();
        double product =
                Planted.GG_P * Planted.GG_P * Planted.GG_V * Planted.GG_V / ((Planted.GG_Q - 1) * (Planted.GG_Q - 2));
        double sum = repeat.stream()
                .mapToDouble(p ->
                        p.orders().get(0).fen() / 100.0 * (p.orders().get(1).fen() / 100.0))
                .sum();
        // The product has no variance at q = 4; 5 % is wide for the mean and far from independence, a third less.
        assertEquals(product, sum / repeat.size(), .05 * product);
    }

    private static <T> void assertMean(double mean, double variance, ToDoubleFunction<T> value, List<T> items) {
        double sum = items.stream().mapToDouble(value).sum();
        assertEquals(mean, sum / items.size(), SIGMAS * Math.sqrt(variance / items.size()));
    }

    @ParameterizedTest
    @CsvSource({"FRIENDS, 5, 10", "FRIENDS, 5, 50", "FRIENDS, 5, 500", "CONTACTS, 20, 40", "CONTACTS, 20, 200"})
    void degrees_haveAPowerLawTail(Stream stream, int least, int atLeast) {
        long reach = LIVES.stream()
                .filter(life -> Features.degree(life.person(), stream, least) >= atLeast)
                .count();
        assertShare(StrictMath.pow((double) least / atLeast, Planted.DEGREE_EXPONENT - 1), reach, PERSONS);
    }

    @ParameterizedTest
    @CsvSource({"0, 0-9", "9, 0-9", "10, 10-19", "49, 20-49", "50, 50-99", "199, 100-199", "200, 200-499", "5000, 500+"
    })
    void band_ofADegree_holdsIt(int degree, String band) {
        assertEquals(band, Features.band(degree));
    }

    @ParameterizedTest
    @EnumSource
    void campaigns_reachWhatTheyShould(Campaign campaign) {
        for (Platform platform : List.of(Platform.VIDEO, Platform.MESSENGER)) {
            double expected = 0;
            double variance = 0;
            int reached = 0;
            for (Life life : LIVES) {
                if (life.person().isOn(platform)) {
                    double p =
                            campaign.reach(platform) * (.7 + .6 * life.person().affluence());
                    expected += p;
                    variance += p * (1 - p);
                    reached += shown(life, platform, campaign) > 0 ? 1 : 0;
                }
            }
            assertEquals(expected, reached, SIGMAS * Math.sqrt(variance));
        }
    }

    private static int shown(Life life, Platform platform, Campaign campaign) {
        Exposures exposures = platform == Platform.VIDEO ? life.onVideo() : life.onMessenger();
        return exposures.count(campaign, 0, Planted.YEAR_DAYS - 1);
    }

    /** Geometric from 1: P(at least k + 1 | at least k) = 1 - 1/mean, up to the cap. */
    @ParameterizedTest
    @EnumSource
    void frequency_ofThoseReached_isGeometric(Campaign campaign) {
        var atLeast = new long[Planted.FREQUENCY_MAX + 2];
        for (Life life : LIVES) {
            int frequency = shown(life, Platform.VIDEO, campaign);
            for (int k = 1; k <= frequency; k++) {
                atLeast[k]++;
            }
        }
        double again = 1 - 1 / campaign.meanFrequency();
        for (int k = 1; k <= 4; k++) {
            assertShare(again, atLeast[k + 1], atLeast[k]);
        }
        assertEquals(0, atLeast[Planted.FREQUENCY_MAX + 1]);
    }

    @ParameterizedTest
    @EnumSource
    void exposures_ofACampaign_areSpreadOverItsDays(Campaign campaign) {
        long rows = 0;
        long firstHalf = 0;
        int half = campaign.days() / 2;
        for (Life life : LIVES) {
            for (Exposures.Exposure exposure : life.onMessenger().shown()) {
                if (exposure.campaign() == campaign) {
                    int day = exposure.day() - campaign.firstDay();
                    assertTrue(day >= 0 && day < campaign.days());
                    rows++;
                    firstHalf += day < half ? 1 : 0;
                }
            }
        }
        assertShare((double) half / campaign.days(), firstHalf, rows);
    }

    @Test
    void clicks_areTheirShare() {
        var shown =
                LIVES.stream().flatMap(life -> life.onVideo().shown().stream()).toList();
        assertShare(
                Planted.CLICK_SHARE,
                shown.stream().filter(Exposures.Exposure::clicked).count(),
                shown.size());
    }

    @Test
    void nobodyElse_isShownAnything() {
        for (Life life : LIVES) {
            assertTrue(
                    life.person().isOn(Platform.VIDEO) || life.onVideo().shown().isEmpty());
            assertTrue(life.person().isOn(Platform.MESSENGER)
                    || life.onMessenger().shown().isEmpty());
        }
        assertEquals(
                List.of(),
                Exposures.of(LIVES.getFirst().person(), Platform.SHOP).shown());
    }

    /** Every cell of the planted chain, counted from the paths. */
    @ParameterizedTest
    @EnumSource
    void chain_walked_hasThePlantedChances(Channel channel) {
        Map<Channel, Long> next = new EnumMap<>(Channel.class);
        long visits = 0;
        long converted = 0;
        long begun = 0;
        long paths = 0;
        for (Life life : LIVES) {
            var touches = life.journeys().touches();
            for (int at = 0; at < touches.size(); at++) {
                var touch = touches.get(at);
                boolean begins = at == 0 || touches.get(at - 1).path() != touch.path();
                boolean goesOn = at + 1 < touches.size() && touches.get(at + 1).path() == touch.path();
                paths += begins ? 1 : 0;
                begun += begins && touch.channel() == channel ? 1 : 0;
                if (touch.channel() == channel) {
                    visits++;
                    converted += touch.converted() ? 1 : 0;
                    if (goesOn) {
                        next.merge(touches.get(at + 1).channel(), 1L, Long::sum);
                    }
                }
            }
        }
        assertShare(channel.begins() / 10_000.0, begun, paths);
        assertShare(channel.converts() / 10_000.0, converted, visits);
        for (Channel there : Channel.values()) {
            assertShare(channel.next(there) / 10_000.0, next.getOrDefault(there, 0L), visits);
        }
    }

    @Test
    void chain_ofAllChannels_makesAWhole() {
        int begins = 0;
        for (Channel channel : Channel.values()) {
            begins += channel.begins();
            int row = channel.converts() + channel.givesUp();
            for (Channel there : Channel.values()) {
                row += channel.next(there);
            }
            assertEquals(Channel.PARTS, row, channel::value);
        }
        assertEquals(Channel.PARTS, begins);
    }

    @Test
    void paths_areInTheYearInOrderAndEndWithTheirConversion() {
        for (Life life : LIVES) {
            var perPath = new HashMap<Integer, Integer>();
            Journeys.Touch before = null;
            for (Journeys.Touch touch : life.journeys().touches()) {
                boolean samePath = before != null && before.path() == touch.path();
                assertTrue(!samePath || (before.second() < touch.second() && !before.converted()));
                assertTrue(touch.second() < Planted.YEAR_DAYS * 86_400);
                perPath.merge(touch.path(), 1, Integer::sum);
                before = touch;
            }
            perPath.values().forEach(length -> assertTrue(length <= Planted.TOUCHES_MAX));
            assertTrue(perPath.size() <= 2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shoppers_haveTheirShareOfPaths(int paths) {
        long users =
                LIVES.stream().filter(life -> life.person().isOn(Platform.SHOP)).count();
        long with = LIVES.stream()
                .filter(life -> life.journeys().touches().stream().anyMatch(touch -> touch.path() == paths))
                .count();
        assertShare(paths == 1 ? Planted.PATH_SHARE : Planted.SECOND_PATH_SHARE, with, users);
    }

    @Test
    void accounts_areOpenedInTheElevenYearsBefore() {
        for (Life life : LIVES) {
            int day = Features.joined(life.person(), Stream.SHOP_JOINED);
            assertTrue(day < 0 && day >= -4_018);
        }
    }
}
