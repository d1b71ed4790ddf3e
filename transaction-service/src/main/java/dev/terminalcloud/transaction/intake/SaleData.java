package dev.terminalcloud.transaction.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.EnumSet;
import java.util.Set;

/**
 * The sale, a JSON document (POS API, section 7), stored and passed on unchanged, but for a byte order mark.
 *
 * @param text as the register sent it, without a byte order mark
 * @param missing the mandatory members that are absent in at least one place; the document is accepted all the same
 */
record SaleData(String text, Set<Member> missing) {

    /** Mandatory member of each document, of the sale, of each line item or of each category of a line item. */
    enum Member {
        VERSION(Scope.DOCUMENT, "version"),
        SALE_DATA(Scope.DOCUMENT, "saleData"),
        TOTAL_AMOUNT(Scope.SALE, "totalAmount"),
        TOTAL_TAX(Scope.SALE, "totalTax"),
        LINE_PRODUCT_NAME(Scope.LINE_ITEM, "productName"),
        LINE_QUANTITY(Scope.LINE_ITEM, "quantity"),
        LINE_UNIT_PRICE(Scope.LINE_ITEM, "unitPrice"),
        LINE_UNIT_TAX(Scope.LINE_ITEM, "unitTax"),
        LINE_TOTAL_PRICE(Scope.LINE_ITEM, "totalPrice"),
        LINE_TOTAL_TAX(Scope.LINE_ITEM, "totalTax"),
        CATEGORY_NAME(Scope.CATEGORY, "categoryName");

        private enum Scope {
            DOCUMENT,
            SALE,
            LINE_ITEM,
            CATEGORY
        }

        private final Scope place;
        private final String wireName;

        Member(Scope place, String wireName) {
            this.place = place;
            this.wireName = wireName;
        }

        private boolean isMissingIn(JsonNode document) {
            JsonNode sale = document.path("saleData");
            return switch (place) {
                case DOCUMENT -> isAbsentFrom(document);
                case SALE -> isAbsentFrom(sale);
                case LINE_ITEM -> isAbsentFromAny(sale.path("lineItems"));
                case CATEGORY -> {
                    boolean missing = false;
                    for (JsonNode line : sale.path("lineItems")) {
                        missing |= isAbsentFromAny(line.path("categories"));
                    }
                    yield missing;
                }
            };
        }

        private boolean isAbsentFromAny(JsonNode nodes) {
            boolean absent = false;
            for (JsonNode node : nodes) {
                absent |= isAbsentFrom(node);
            }
            return absent;
        }

        private boolean isAbsentFrom(JsonNode node) {
            return !node.hasNonNull(wireName);
        }
    }

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Parses the document, without the byte order mark that it may begin with.
     *
     * @throws dev.terminalcloud.posapi.ApiException 400 if it is not JSON
     */
    static SaleData of(String received) {
        String text = withoutMark(received);
        JsonNode document = parse(text);
        if (document.isMissingNode()) {
            throw StartError.SALE_DATA_NOT_JSON.exception("it is blank");
        }
        Set<Member> missing = EnumSet.allOf(Member.class);
        missing.removeIf(member -> !member.isMissingIn(document));
        return new SaleData(text, missing);
    }

    /** Returns the text without the byte order mark that it may begin with: devices do not expect one. */
    static String withoutMark(String text) {
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw StartError.SALE_DATA_NOT_JSON.exception(e.getOriginalMessage());
        }
    }
}
