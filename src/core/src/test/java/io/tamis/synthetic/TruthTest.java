package io.tamis.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamis.data.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** truth.json is what somebody finds who has nothing but the CSV files: by sets of phones, and no line of ours. */
class TruthTest {
    private static final List<String> PLATFORMS = List.of("messenger-users", "shop-users", "video-users");
    private static final List<String> LISTS = List.of("brand-members", "messenger-users", "shop-users", "video-users");
    private static final long PERSONS = 12_000;

    @TempDir
    private static Path folder;

    private static Json.Obj truth;

    @BeforeAll
    static void write() throws IOException {
        WorldFiles.write(new World(new Seed(-5), PERSONS), folder, 2, persons -> {});
        truth = (Json.Obj) Json.parse(Files.readAllBytes(folder.resolve("truth.json")));
    }

    private static List<Map<String, String>> rows(String dataset) {
        try {
            return Csv.rows(folder.resolve(dataset + ".csv"));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static Set<String> phones(String dataset, Predicate<Map<String, String>> where) {
        return rows(dataset).stream()
                .filter(where)
                .map(row -> Csv.phone(row.get("phone")))
                .collect(Collectors.toSet());
    }

    private static Json at(String... path) {
        Json at = truth;
        for (String name : path) {
            at = ((Json.Obj) at).member(name).orElseThrow();
        }
        return at;
    }

    /** Phone by phone: on exactly which lists it is. */
    private static Map<String, Long> cells(Map<String, Set<String>> lists) {
        var all = lists.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        return all.stream()
                .map(phone -> lists.entrySet().stream()
                        .filter(list -> list.getValue().contains(phone))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .collect(Collectors.joining("+")))
                .collect(Collectors.groupingBy(cell -> cell, Collectors.counting()));
    }

    private static Map<String, Set<String>> lists(Collection<String> names, Predicate<Map<String, String>> where) {
        var lists = new LinkedHashMap<String, Set<String>>();
        names.forEach(name -> lists.put(name, phones(name, where)));
        return lists;
    }

    private static void assertCells(Map<String, Set<String>> lists, Json told) {
        var found = cells(lists);
        var members = ((Json.Obj) told).members();
        assertEquals((1 << lists.size()) - 1, members.size());
        members.forEach((cell, count) -> assertEquals(Json.of(found.getOrDefault(cell, 0L)), count, cell));
        assertEquals(
                Set.of(),
                found.keySet().stream()
                        .filter(cell -> !members.containsKey(cell))
                        .collect(Collectors.toSet()));
    }

    @Test
    void users_areThePhonesOfEachList() {
        for (String list : LISTS) {
            assertEquals(Json.of(rows(list).size()), at("users", list));
            assertEquals(rows(list).size(), phones(list, row -> true).size(), "one row a phone");
        }
    }

    @Test
    void cells_ofEverybody_areThoseOfTheFiles() {
        assertCells(lists(PLATFORMS, row -> true), at("cells"));
        assertCells(lists(LISTS, row -> true), at("cellsWithBrand"));
    }

    @Test
    void overlaps_ofEverybody_areThoseOfTheFiles() {
        var lists = lists(LISTS, row -> true);
        var told = ((Json.Obj) at("overlaps")).members();
        assertEquals(11, told.size());
        told.forEach((names, count) -> {
            var common = new HashSet<>(lists.get(names.split("\\+", -1)[0]));
            Stream.of(names.split("\\+", -1)).forEach(name -> common.retainAll(lists.get(name)));
            assertEquals(Json.of(common.size()), count, names);
        });
    }

    @Test
    void cells_underAFilter_areThoseOfTheFiles() {
        assertCells(lists(PLATFORMS, row -> row.get("city_tier").equals("T1")), at("filtered", "city_tier = T1"));
        assertCells(lists(PLATFORMS, row -> row.get("age_band").equals("25-34")), at("filtered", "age_band = 25-34"));
        var buyers = lists(PLATFORMS, row -> true);
        buyers.put("shop-users", phones("shop-users", row -> Integer.parseInt(row.get("orders_90d")) >= 1));
        assertCells(buyers, at("filtered", "shop-users: orders_90d >= 1"));
    }

    /** The one truth that no file tells: persons, not phones. */
    @Test
    void matched_isWhatThePersonsSay() {
        var world = new World(new Seed(-5), PERSONS);
        long both = 0;
        long onePhone = 0;
        for (long i = 0; i < PERSONS; i++) {
            Person person = world.person(i);
            if (person.isOn(Platform.SHOP) && person.isOn(Platform.VIDEO)) {
                both++;
                onePhone += person.phone(Platform.SHOP) == person.phone(Platform.VIDEO) ? 1 : 0;
            }
        }
        assertEquals(Json.of(both), at("matched", "personsOnShopAndVideo"));
        assertEquals(Json.of(onePhone), at("matched", "withOnePhone"));
        assertEquals(Json.of(onePhone * 1_000_000 / both), at("matched", "shareMicro"));
        assertEquals(Json.of(onePhone), at("overlaps", "shop-users+video-users"));
    }

    @Test
    void reach_ofEachWindow_isThatOfTheFiles() {
        var windows = ((Json.Arr) at("reach")).items();
        assertEquals(2, windows.size());
        for (Json window : windows) {
            var told = (Json.Obj) window;
            String campaign = text(told, "campaign");
            Predicate<Map<String, String>> inside = row -> row.get("campaign").equals(campaign)
                    && row.get("shown_on").compareTo(text(told, "from")) >= 0
                    && row.get("shown_on").compareTo(text(told, "to")) <= 0;
            var video = frequencies(inside, "video-exposures");
            var messenger = frequencies(inside, "messenger-exposures");
            var either = frequencies(inside, "video-exposures", "messenger-exposures");
            long both = video.keySet().stream().filter(messenger::containsKey).count();
            assertEquals(
                    Json.parse("{\"video-exposures\":%d,\"messenger-exposures\":%d,\"both\":%d,\"either\":%d}"
                            .formatted(video.size(), messenger.size(), both, either.size())),
                    told.member("reach").orElseThrow());
            assertEquals(
                    Json.parse("{\"messengerOverVideo\":%d,\"videoOverMessenger\":%d}"
                            .formatted(messenger.size() - both, video.size() - both)),
                    told.member("incrementalReach").orElseThrow());
            var frequency = (Json.Obj) told.member("frequency").orElseThrow();
            assertEquals(buckets(video), frequency.member("video-exposures").orElseThrow());
            assertEquals(
                    buckets(messenger), frequency.member("messenger-exposures").orElseThrow());
            assertEquals(buckets(either), frequency.member("either").orElseThrow());
            assertEquals(atLeast(either), told.member("atLeast").orElseThrow());
        }
    }

    private static String text(Json.Obj object, String name) {
        return ((Json.Str) object.member(name).orElseThrow()).value();
    }

    private static Map<String, Integer> frequencies(Predicate<Map<String, String>> where, String... datasets) {
        var frequencies = new HashMap<String, Integer>();
        for (String dataset : datasets) {
            rows(dataset).stream()
                    .filter(where)
                    .forEach(row -> frequencies.merge(Csv.phone(row.get("phone")), 1, Integer::sum));
        }
        return frequencies;
    }

    private static Json.Arr buckets(Map<String, Integer> frequencies) {
        var buckets = new ArrayList<Json>();
        for (int bucket = 1; bucket <= 10; bucket++) {
            int least = bucket;
            buckets.add(Json.of(frequencies.values().stream()
                    .filter(seen -> Math.min(seen, 10) == least)
                    .count()));
        }
        return Json.array(buckets);
    }

    private static Json.Arr atLeast(Map<String, Integer> frequencies) {
        var counts = new ArrayList<Json>();
        for (int least = 1; least <= 10; least++) {
            int bound = least;
            counts.add(Json.of(
                    frequencies.values().stream().filter(seen -> seen >= bound).count()));
        }
        return Json.array(counts);
    }

    @Test
    void exposures_ofEachCampaign_areTheRowsOfTheFiles() {
        long clicks = 0;
        for (String dataset : List.of("video-exposures", "messenger-exposures")) {
            var rows = rows(dataset);
            clicks += rows.stream()
                    .filter(row -> row.get("clicked").equals("true"))
                    .count();
            var told = ((Json.Obj) at("exposures", dataset)).members();
            assertEquals(6, told.size());
            told.forEach((campaign, count) -> assertEquals(
                    Json.of(rows.stream()
                            .filter(row -> row.get("campaign").equals(campaign))
                            .count()),
                    count,
                    campaign));
        }
        assertEquals(Json.of(clicks), at("exposures", "clicks"));
    }

    @Test
    void ties_ofEachPlatform_areThoseOfItsFile() {
        Map<String, String> columns =
                Map.of("shop-users", "friends", "video-users", "follows", "messenger-users", "contacts");
        columns.forEach((dataset, column) -> {
            var users = new TreeMap<String, Long>();
            var many = new TreeMap<String, Long>();
            var sums = new TreeMap<String, Long>();
            for (Map<String, String> row : rows(dataset)) {
                int ties = Integer.parseInt(row.get(column));
                users.merge(row.get("city_tier"), 1L, Long::sum);
                many.merge(row.get("city_tier"), ties >= 100 ? 1L : 0L, Long::sum);
                sums.merge(row.get("city_tier"), (long) Math.min(ties, 500), Long::sum);
            }
            assertEquals(5, users.size());
            users.forEach((tier, count) -> {
                assertEquals(Json.of(count), at("ties", dataset, tier, "users"));
                assertEquals(Json.of(many.get(tier)), at("ties", dataset, tier, "atLeast100"));
                assertEquals(Json.of(sums.get(tier)), at("ties", dataset, tier, "sum"));
            });
        });
    }

    @Test
    void orders_areTheRowsOfTheFile() {
        var rows = rows("orders");
        var perBuyer =
                rows.stream().collect(Collectors.groupingBy(row -> row.get("buyer_phone"), Collectors.counting()));
        assertEquals(Json.of(rows.size()), at("orders", "orders"));
        assertEquals(
                Json.of(rows.stream()
                        .mapToLong(row -> new BigDecimal(row.get("amount_cny"))
                                .movePointRight(2)
                                .longValueExact())
                        .sum()),
                at("orders", "revenueFen"));
        assertEquals(Json.of(perBuyer.size()), at("orders", "buyers"));
        assertEquals(
                Json.of(perBuyer.values().stream().filter(orders -> orders > 1).count()), at("orders", "repeatBuyers"));
    }

    /** The shop's own 90-day features say the same as its orders. */
    @Test
    void features_ofTheShop_agreeWithItsOrders() {
        var count = new HashMap<String, Integer>();
        var spend = new HashMap<String, BigDecimal>();
        for (var row : rows("orders")) {
            if (row.get("ordered_on").compareTo("2026-10-03") >= 0) {
                count.merge(row.get("buyer_phone"), 1, Integer::sum);
                spend.merge(row.get("buyer_phone"), new BigDecimal(row.get("amount_cny")), BigDecimal::add);
            }
        }
        for (var row : rows("shop-users")) {
            assertEquals(Integer.toString(count.getOrDefault(row.get("phone"), 0)), row.get("orders_90d"));
            assertEquals(
                    spend.getOrDefault(row.get("phone"), new BigDecimal("0.00")),
                    new BigDecimal(row.get("spend_90d_cny")));
        }
    }

    @Test
    void touchpoints_areThePathsOfTheFile() {
        var paths = rows("touchpoints").stream()
                .collect(Collectors.groupingBy(row -> row.get("buyer_phone") + "/" + row.get("path")));
        long unit = 720_720;
        var credit = new HashMap<String, Long>();
        long conversions = 0;
        for (var path : paths.values()) {
            path.sort((one, other) -> one.get("touched_at").compareTo(other.get("touched_at")));
            if (path.getLast().get("converted").equals("true")) {
                conversions++;
                var channels = new TreeSet<String>();
                path.forEach(touch -> channels.add(touch.get("channel")));
                channels.forEach(channel -> credit.merge(channel, unit / channels.size(), Long::sum));
            }
            assertEquals(
                    Set.of("false"),
                    path.subList(0, path.size() - 1).stream()
                            .map(touch -> touch.get("converted"))
                            .collect(Collectors.collectingAndThen(
                                    Collectors.toSet(), seen -> seen.isEmpty() ? Set.of("false") : seen)));
        }
        assertEquals(Json.of(rows("touchpoints").size()), at("touchpoints", "touches"));
        assertEquals(Json.of(paths.size()), at("touchpoints", "paths"));
        assertEquals(Json.of(conversions), at("touchpoints", "conversions"));
        credit.forEach((channel, parts) -> assertEquals(Json.of(parts), at("touchpoints", "shapley", channel)));
        assertEquals(6, credit.size());
        assertEquals(
                conversions * unit,
                credit.values().stream().mapToLong(parts -> parts).sum());
    }

    @Test
    void world_isNamed() {
        assertEquals(Json.of("tamis-synthetic-2"), at("generator"));
        assertEquals(Json.of(PERSONS), at("persons"));
        assertEquals(Json.of("-5"), at("seed"));
        assertEquals(Json.of("0.6"), at("planted", "bgNbdPerWeek", "r"));
    }
}
