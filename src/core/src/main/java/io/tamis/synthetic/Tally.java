package io.tamis.synthetic;

import io.tamis.data.Json;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What is true of the persons counted so far, counted while their rows are written. All sums are of whole numbers, so any
 * split of the persons adds up to the same. For one thread.
 */
final class Tally {
    /** lcm(1..16): a conversion split evenly over up to 16 channels stays whole. */
    static final int SHAPLEY_UNIT = 720_720;

    private static final Platform[] LISTS = Platform.values();
    private static final int SETS = 1 << LISTS.length;

    private final Map<Filter, long[]> cells = new EnumMap<>(Filter.class);
    private final Map<Window, Reach> reach = new EnumMap<>(Window.class);
    private final Counts<Campaign> campaignsOnVideo = new Counts<>(Campaign.class);
    private final Counts<Campaign> campaignsOnMessenger = new Counts<>(Campaign.class);
    private final Counts<Channel> shapley = new Counts<>(Channel.class);
    private final Counts<Total> totals = new Counts<>(Total.class);
    private final Ties ties = new Ties();

    /** The plain sums. */
    private enum Total {
        ON_SHOP_AND_VIDEO,
        ON_SHOP_AND_VIDEO_WITH_ONE_PHONE,
        BUYERS,
        REPEAT_BUYERS,
        BUYERS_LEFT_BY_YEAR_END,
        ORDERS,
        REVENUE_FEN,
        TOUCHES,
        PATHS,
        CONVERSIONS,
        CLICKS
    }

    Tally() {
        for (Filter filter : Filter.values()) {
            cells.put(filter, new long[SETS]);
        }
        for (Window window : Window.values()) {
            reach.put(window, new Reach());
        }
    }

    /** Counts one person. */
    void count(Life life) {
        Person person = life.person();
        int mainPhone = 0;
        int secondPhone = 0;
        for (Platform platform : LISTS) {
            if (person.isOn(platform)) {
                boolean main = person.phoneSlot(platform) == 0;
                mainPhone |= main ? platform.bit() : 0;
                secondPhone |= main ? 0 : platform.bit();
            }
        }
        for (var filtered : cells.entrySet()) {
            filtered.getValue()[filtered.getKey().lists(life, mainPhone)]++;
            filtered.getValue()[filtered.getKey().lists(life, secondPhone)]++;
        }
        if (person.isOn(Platform.SHOP) && person.isOn(Platform.VIDEO)) {
            add(Total.ON_SHOP_AND_VIDEO, 1);
            add(Total.ON_SHOP_AND_VIDEO_WITH_ONE_PHONE, person.phoneSlot(Platform.VIDEO) == 0 ? 1 : 0);
        }
        purchases(life.purchases());
        journeys(life.journeys());
        exposures(life);
        ties.count(person);
    }

    private void purchases(Purchases purchases) {
        int orders = purchases.orders().size();
        add(Total.BUYERS, orders > 0 ? 1 : 0);
        add(Total.REPEAT_BUYERS, orders > 1 ? 1 : 0);
        add(Total.BUYERS_LEFT_BY_YEAR_END, purchases.left() ? 1 : 0);
        add(Total.ORDERS, orders);
        add(Total.REVENUE_FEN, purchases.fenSince(0));
    }

    private void journeys(Journeys journeys) {
        var onPath = EnumSet.noneOf(Channel.class);
        int path = 0;
        for (Journeys.Touch touch : journeys.touches()) {
            if (touch.path() != path) {
                path = touch.path();
                onPath.clear();
                add(Total.PATHS, 1);
            }
            onPath.add(touch.channel());
            add(Total.TOUCHES, 1);
            if (touch.converted()) {
                add(Total.CONVERSIONS, 1);
                onPath.forEach(channel -> shapley.add(channel, SHAPLEY_UNIT / onPath.size()));
            }
        }
    }

    private void exposures(Life life) {
        Person person = life.person();
        boolean onePhone = person.phoneSlot(Platform.VIDEO) == person.phoneSlot(Platform.MESSENGER);
        reach.forEach((window, reached) ->
                reached.count(window.count(life.onVideo()), window.count(life.onMessenger()), onePhone));
        life.onVideo().shown().forEach(exposure -> shown(campaignsOnVideo, exposure));
        life.onMessenger().shown().forEach(exposure -> shown(campaignsOnMessenger, exposure));
    }

    private void shown(Counts<Campaign> campaigns, Exposures.Exposure exposure) {
        campaigns.add(exposure.campaign(), 1);
        add(Total.CLICKS, exposure.clicked() ? 1 : 0);
    }

    private void add(Total total, long more) {
        totals.add(total, more);
    }

    /** Adds what another has counted of other persons. */
    void add(Tally other) {
        cells.forEach((filter, counts) -> add(counts, other.cells.get(filter)));
        reach.forEach((window, reached) -> reached.add(other.reach.get(window)));
        campaignsOnVideo.add(other.campaignsOnVideo);
        campaignsOnMessenger.add(other.campaignsOnMessenger);
        shapley.add(other.shapley);
        totals.add(other.totals);
        ties.add(other.ties);
    }

    static void add(long[] sums, long... more) {
        Arrays.setAll(sums, i -> sums[i] + more[i]);
    }

    static Json.Arr array(long... values) {
        return Json.array(LongStream.of(values).mapToObj(Json::of).toList());
    }

    /** The truth of the world whose persons were counted. */
    Json.Obj toJson(World world) {
        return Json.object()
                .put("generator", WorldFiles.GENERATOR)
                .put("persons", world.persons())
                // A string: a seed has 64 bits, a JSON number 53.
                .put("seed", Long.toString(world.seed().value()))
                .put("users", users())
                .put("cells", cells(Filter.EVERYBODY, false))
                .put("cellsWithBrand", cells(Filter.EVERYBODY, true))
                .put("overlaps", overlaps())
                .put("matched", matched())
                .put("filtered", filtered())
                .put(
                        "reach",
                        Json.array(reach.entrySet().stream()
                                .map(reached -> reached.getValue().toJson(reached.getKey()))
                                .toList()))
                .put("exposures", exposures())
                .put("ties", ties.toJson())
                .put("orders", orders())
                .put("touchpoints", touchpoints())
                .put("planted", Planted.toJson())
                .build();
    }

    private Json.Obj users() {
        var users = Json.object();
        for (Platform platform : LISTS) {
            users.put(platform.users().value(), onAll(platform.bit()));
        }
        return users.build();
    }

    /** How many phones are on all lists of a set, whatever others they are on. */
    private long onAll(int set) {
        long[] counts = cells.get(Filter.EVERYBODY);
        long sum = 0;
        for (int cell = 0; cell < SETS; cell++) {
            sum += (cell & set) == set ? counts[cell] : 0;
        }
        return sum;
    }

    /** How many phones are on exactly the lists of each set; the brand's list apart or not looked at. */
    private Json.Obj cells(Filter filter, boolean withBrand) {
        long[] counts = cells.get(filter);
        var json = Json.object();
        for (int cell = 1; cell < SETS; cell++) {
            boolean ofBrand = (cell & Platform.BRAND.bit()) != 0;
            if (withBrand) {
                json.put(name(cell), counts[cell]);
            } else if (!ofBrand) {
                json.put(name(cell), counts[cell] + counts[cell | Platform.BRAND.bit()]);
            }
        }
        return json.build();
    }

    private Json.Obj overlaps() {
        var json = Json.object();
        for (int set = 1; set < SETS; set++) {
            if (Integer.bitCount(set) > 1) {
                json.put(name(set), onAll(set));
            }
        }
        return json.build();
    }

    private static String name(int set) {
        return Arrays.stream(LISTS)
                .filter(platform -> (set & platform.bit()) != 0)
                .map(platform -> platform.users().value())
                .collect(Collectors.joining("+"));
    }

    private Json.Obj matched() {
        long both = total(Total.ON_SHOP_AND_VIDEO);
        long onePhone = total(Total.ON_SHOP_AND_VIDEO_WITH_ONE_PHONE);
        return Json.object()
                .put("personsOnShopAndVideo", both)
                .put("withOnePhone", onePhone)
                .put("shareMicro", both == 0 ? 0 : onePhone * 1_000_000 / both)
                .build();
    }

    private Json.Obj filtered() {
        return Json.object()
                .put("city_tier = T1", cells(Filter.LARGEST_CITIES, false))
                .put("age_band = 25-34", cells(Filter.AGED_25_TO_34, false))
                .put("shop-users: orders_90d >= 1", cells(Filter.RECENT_BUYERS, false))
                .build();
    }

    private Json.Obj exposures() {
        return Json.object()
                .put("video-exposures", campaignsOnVideo.toJson(Campaign::value))
                .put("messenger-exposures", campaignsOnMessenger.toJson(Campaign::value))
                .put("clicks", total(Total.CLICKS))
                .build();
    }

    private Json.Obj orders() {
        return Json.object()
                .put("orders", total(Total.ORDERS))
                .put("revenueFen", total(Total.REVENUE_FEN))
                .put("buyers", total(Total.BUYERS))
                .put("repeatBuyers", total(Total.REPEAT_BUYERS))
                .put("leftByYearEnd", total(Total.BUYERS_LEFT_BY_YEAR_END))
                .build();
    }

    private Json.Obj touchpoints() {
        return Json.object()
                .put("touches", total(Total.TOUCHES))
                .put("paths", total(Total.PATHS))
                .put("conversions", total(Total.CONVERSIONS))
                .put("shapleyUnit", SHAPLEY_UNIT)
                .put("shapley", shapley.toJson(Channel::value))
                .build();
    }

    private long total(Total total) {
        return totals.of(total);
    }
}
