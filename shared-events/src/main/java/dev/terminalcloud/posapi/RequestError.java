package dev.terminalcloud.posapi;

/** What can be wrong with any request of a POS. */
public enum RequestError implements ApiErrorCode {
    MISSING(new ApiError(
            400,
            "{parameter=POSRegisterID} is missing",
            "A mandatory parameter is absent or empty.",
            "Send the parameter.")),
    TOO_LONG(new ApiError(
            400,
            "{parameter=POSRegisterID} is longer than {limit=128} characters",
            "A parameter is longer than it may be.",
            "Send a shorter value.")),
    NUL_CHARACTER(new ApiError(
            400,
            "{parameter=POSRegisterID} has the character U+0000",
            "A parameter has a character that can't be stored.",
            "Remove the character.")),
    UNPAIRED_SURROGATE(new ApiError(
            400,
            "{parameter=POSRegisterID} has half of a surrogate pair",
            "A parameter was cut in the middle of a character.",
            "Cut texts between characters.")),
    NOT_JSON(new ApiError(
            400,
            "The body is not valid JSON: {problem=Unexpected character (''' (code 39)): was expecting double-quote to start field name}",
            "The Content-Type says JSON and the body is none.",
            "Correct the body, or send a form.")),
    UNREADABLE_JSON(new ApiError(
            400,
            "The body can't be read as JSON",
            "The Content-Type says JSON and the body is not even text.",
            "Send the body as UTF-8.")),
    NOT_AN_OBJECT(new ApiError(
            400,
            "The body must be a JSON object",
            "The Content-Type says JSON and the body is a JSON array, text or number.",
            "Send one object with the parameters as members.")),
    NOT_FOUND(new ApiError(
            404,
            "There is no such resource or method",
            "The path or the method is none of this API.",
            "Compare path and method with this document.")),
    BODY_TOO_LARGE(new ApiError(
            413, "The body is longer than 256 KiB", "The body is too long.", "Send less SaleData, or none.")),
    INTERNAL(
            new ApiError(
                    500,
                    "Internal error",
                    "A fault of ours.",
                    "When pairing or polling: repeat it after a while. When starting a transaction: look at the device before you start another."));

    private final ApiError refusal;

    RequestError(ApiError refusal) {
        this.refusal = refusal;
    }

    @Override
    public ApiError error() {
        return refusal;
    }
}
