package io.tamis.synthetic;

import io.tamis.data.DatasetId;
import java.util.List;

/** The files of a world: one dataset each, columns in the order of its declaration in {@code policies/datasets}. */
enum Table {
    BRAND_MEMBERS("brand-members", "phone,member_tier,joined_on") {
        @Override
        void write(Life life, Lines lines) {
            Person person = life.person();
            if (person.isOn(Platform.BRAND)) {
                lines.phone(person.phone(Platform.BRAND), Platform.BRAND)
                        .text(Features.memberTier(person))
                        .day(Features.joined(person, Stream.BRAND_JOINED))
                        .end();
            }
        }
    },
    MESSENGER_EXPOSURES("messenger-exposures", "phone,campaign,shown_on,channel,clicked") {
        private static final List<String> PLACEMENTS = List.of("moments", "chat-list", "mini-app");

        @Override
        void write(Life life, Lines lines) {
            exposures(life.person(), Platform.MESSENGER, life.onMessenger(), PLACEMENTS, lines);
        }
    },
    MESSENGER_USERS(
            "messenger-users",
            "phone,resident_id,contacts,contacts_band,messages_30d,active_days_30d,city_tier,age_band,joined_on") {
        @Override
        void write(Life life, Lines lines) {
            Person person = life.person();
            if (person.isOn(Platform.MESSENGER)) {
                int contacts = Features.ties(person, Platform.MESSENGER);
                lines.phone(person.phone(Platform.MESSENGER), Platform.MESSENGER)
                        .text(ResidentIds.of(person))
                        .number(contacts)
                        .text(Features.band(contacts))
                        .number(Features.messages(person))
                        .number(Features.messengerDays(person))
                        .text(Features.cityTier(person))
                        .text(Features.ageBand(person))
                        .day(Features.joined(person, Stream.MESSENGER_JOINED))
                        .end();
            }
        }
    },
    ORDERS("orders", "buyer_phone,amount_cny,sku_category,ordered_on") {
        // By rank, so clothing sells most.
        private static final List<String> CATEGORIES =
                List.of("clothing", "food", "home", "electronics", "books", "sports", "toys");

        @Override
        void write(Life life, Lines lines) {
            long phone = life.person().phone(Platform.SHOP);
            for (Purchases.Order order : life.purchases().orders()) {
                lines.phone(phone, Platform.SHOP)
                        .yuan(order.fen())
                        .text(CATEGORIES.get(order.category()))
                        .day(order.day())
                        .end();
            }
        }
    },
    SHOP_USERS(
            "shop-users",
            "phone,resident_id,friends,friends_band,favourite_category,orders_90d,spend_90d_cny,city_tier,age_band,joined_on,member_plan") {
        @Override
        void write(Life life, Lines lines) {
            Person person = life.person();
            if (person.isOn(Platform.SHOP)) {
                int friends = Features.ties(person, Platform.SHOP);
                lines.phone(person.phone(Platform.SHOP), Platform.SHOP)
                        .text(ResidentIds.of(person))
                        .number(friends)
                        .text(Features.band(friends))
                        .text(Features.category(person, Stream.SHOP_CATEGORY))
                        .number(life.purchases().countSince(Life.LAST_90_DAYS))
                        .yuan(life.purchases().fenSince(Life.LAST_90_DAYS))
                        .text(Features.cityTier(person))
                        .text(Features.ageBand(person))
                        .day(Features.joined(person, Stream.SHOP_JOINED))
                        .text(Features.memberPlan(person))
                        .end();
            }
        }
    },
    TOUCHPOINTS("touchpoints", "buyer_phone,path,touched_at,channel,converted") {
        @Override
        void write(Life life, Lines lines) {
            long phone = life.person().phone(Platform.SHOP);
            for (Journeys.Touch touch : life.journeys().touches()) {
                lines.phone(phone, Platform.SHOP)
                        .number(touch.path())
                        .second(touch.second())
                        .text(touch.channel().value())
                        .flag(touch.converted())
                        .end();
            }
        }
    },
    VIDEO_EXPOSURES("video-exposures", "phone,campaign,shown_on,channel,clicked") {
        private static final List<String> PLACEMENTS = List.of("feed", "pre-roll", "search");

        @Override
        void write(Life life, Lines lines) {
            exposures(life.person(), Platform.VIDEO, life.onVideo(), PLACEMENTS, lines);
        }
    },
    VIDEO_USERS(
            "video-users",
            "phone,follows,favourite_category,watch_minutes_30d,active_days_30d,city_tier,age_band,joined_on,subscription") {
        @Override
        void write(Life life, Lines lines) {
            Person person = life.person();
            if (person.isOn(Platform.VIDEO)) {
                lines.phone(person.phone(Platform.VIDEO), Platform.VIDEO)
                        .number(Features.ties(person, Platform.VIDEO))
                        .text(Features.category(person, Stream.VIDEO_CATEGORY))
                        .number(Features.watchMinutes(person))
                        .number(Features.videoDays(person))
                        .text(Features.cityTier(person))
                        .text(Features.ageBand(person))
                        .day(Features.joined(person, Stream.VIDEO_JOINED))
                        .text(Features.subscription(person))
                        .end();
            }
        }
    };

    private final String dataset;
    private final String header;

    Table(String dataset, String header) {
        this.dataset = dataset;
        this.header = header;
    }

    /** Writes the rows of one person. */
    abstract void write(Life life, Lines lines);

    DatasetId dataset() {
        return new DatasetId(dataset);
    }

    /** Names of the columns, as the file's first line. */
    String header() {
        return header;
    }

    /** The file's name. */
    String file() {
        return dataset + ".csv";
    }

    private static void exposures(
            Person person, Platform platform, Exposures exposures, List<String> placements, Lines lines) {
        long phone = person.phone(platform);
        for (Exposures.Exposure exposure : exposures.shown()) {
            lines.phone(phone, platform)
                    .text(exposure.campaign().value())
                    .day(exposure.day())
                    .text(placements.get(exposure.placement()))
                    .flag(exposure.clicked())
                    .end();
        }
    }
}
