package dev.terminalcloud.systemtests.conformance;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Documents for {@code SaleData} (section 7). */
final class SaleDocuments {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> OF_SALE = List.of(
            "saleId",
            "invoiceNumber",
            "createdAt",
            "updatedAt",
            "totalAmount",
            "totalTax",
            "totalTips",
            "totalSurcharge",
            "returnFor",
            "userId",
            "userName",
            "customerId",
            "customerName");
    private static final List<String> OF_ITEM = List.of(
            "lineId",
            "sequenceNumber",
            "productId",
            "productName",
            "productDescription",
            "brandId",
            "brandName",
            "quantity",
            "unitPrice",
            "unitTax",
            "unitDiscount",
            "totalPrice",
            "totalTax",
            "totalDiscount",
            "modifierFor",
            "skuCode",
            "barcode");
    private static final List<String> OF_CATEGORY =
            List.of("categoryId", "categoryName", "departmentId", "departmentName");

    private SaleDocuments() {}

    /** Returns a document with all members, and with spaces and characters that an echo could corrupt. */
    static String complete() {
        ObjectNode document = JSON.createObjectNode().put("version", "1.0.0");
        ObjectNode sale = fill(document.putObject("saleData"), OF_SALE);
        ObjectNode item = fill(sale.putArray("lineItems").addObject(), OF_ITEM);
        fill(item.putArray("categories").addObject(), OF_CATEGORY);
        return document.toPrettyString();
    }

    /** Returns a document of this length, with one long member. */
    static String ofLength(int length) {
        String frame = "{\"version\":\"1.0.0\",\"saleData\":{\"invoiceNumber\":\"%s\"}}";
        return frame.formatted("7".repeat(length - frame.length() + 2));
    }

    private static ObjectNode fill(ObjectNode object, List<String> names) {
        names.forEach(name -> object.put(name, name + " \u00e9 & + % 10.00"));
        return object;
    }
}
