# What the schema of SARIF 2.1.0 (OASIS, sarif-schema-2.1.0.json) says of each object that is there: the members
# it must have, those that it may have, their types and words. Use: jq -e -f sarif.jq FILE; the first fault ends it.
def fault($what): error("\($what): \(tojson | .[:200])");
def members($must; $may): . as $o
	| if type != "object" then fault("no object") else . end
	| ($must - keys | if length > 0 then $o | fault("lacks a member") else . end)
	| ($o | keys) - $must - $may - ["properties"]
	| if length > 0 then fault("unknown members") else $o end
	| if has("properties") and (.properties | type != "object") then fault("no property bag") else . end;
def is($t): if type == $t then . else fault("not of type \($t)") end;
def word($words): if IN($words[]) then . else fault("not one of \($words)") end;
def list(f): is("array") | .[] |= f;
def unique_list(f): list(f) | if length == (unique | length) then . else fault("twice in a list") end;
def uri: is("string") | if test("^https?://[^ ]+$") then . else fault("no URI") end;
def optional($k; f): if has($k) then .[$k] |= f else . end;
def index: is("number") | if . == floor and . >= -1 then . else fault("no index") end;
def level: word(["none", "note", "warning", "error"]);
def string_object: members(["text"]; ["markdown"]) | .text |= is("string");
def message: members([]; ["text", "markdown", "id", "arguments"])
	| if has("text") or has("id") then . else fault("a message says nothing") end | optional("text"; is("string"));
def configuration: members([]; ["enabled", "level", "rank", "parameters"]) | optional("level"; level);
def descriptor: members(["id"]; ["deprecatedIds", "guid", "deprecatedGuids", "name", "deprecatedNames",
	"shortDescription", "fullDescription", "messageStrings", "defaultConfiguration", "helpUri", "help", "relationships"])
	| .id |= is("string") | optional("shortDescription"; string_object) | optional("fullDescription"; string_object)
	| optional("help"; string_object) | optional("helpUri"; uri) | optional("defaultConfiguration"; configuration);
def component: members(["name"]; ["guid", "organization", "product", "productSuite", "shortDescription",
	"fullDescription", "fullName", "version", "semanticVersion", "dottedQuadFileVersion", "releaseDateUtc",
	"downloadUri", "informationUri", "globalMessageStrings", "notifications", "rules", "taxa", "locations", "language",
	"contents", "isComprehensive", "localizedDataSemanticVersion", "minimumRequiredLocalizedDataSemanticVersion",
	"associatedComponent", "translationMetadata", "supportedTaxonomies"])
	| .name |= is("string") | optional("version"; is("string")) | optional("informationUri"; uri)
	| optional("rules"; unique_list(descriptor));
def logical: members([]; ["name", "index", "fullyQualifiedName", "decoratedName", "parentIndex", "kind"])
	| optional("name"; is("string")) | optional("fullyQualifiedName"; is("string")) | optional("kind"; is("string"))
	| optional("index"; index) | optional("parentIndex"; index);
def location: members([]; ["id", "physicalLocation", "logicalLocations", "message", "annotations", "relationships"])
	| optional("logicalLocations"; unique_list(logical)) | optional("message"; message);
def result($rules): members(["message"]; ["ruleId", "ruleIndex", "rule", "kind", "level", "analysisTarget", "locations",
	"guid", "correlationGuid", "occurrenceCount", "partialFingerprints", "fingerprints", "stacks", "codeFlows", "graphs",
	"graphTraversals", "relatedLocations", "suppressions", "baselineState", "rank", "attachments", "hostedViewerUri",
	"workItemUris", "provenance", "fixes", "taxa", "webRequest", "webResponse"])
	| .message |= message | optional("ruleId"; is("string")) | optional("ruleIndex"; index) | optional("level"; level)
	| optional("kind"; word(["notApplicable", "pass", "fail", "review", "open", "informational"]))
	| optional("locations"; list(location)) | optional("partialFingerprints"; is("object") | map_values(is("string")))
	| if has("ruleIndex") and .ruleIndex >= 0 and $rules[.ruleIndex].id != .ruleId then fault("another rule") else . end;
def run: members(["tool"]; ["invocations", "conversion", "language", "versionControlProvenance", "originalUriBaseIds",
	"artifacts", "logicalLocations", "graphs", "results", "automationDetails", "runAggregates", "baselineGuid",
	"redactionTokens", "defaultEncoding", "defaultSourceLanguage", "newlineSequences", "columnKind",
	"externalPropertyFileReferences", "threadFlowLocations", "taxonomies", "addresses", "translations", "policies",
	"webRequests", "webResponses", "specialLocations"])
	| .tool |= (members(["driver"]; ["extensions"]) | .driver |= component)
	| .tool.driver.rules as $rules | optional("results"; list(result($rules)))
	| optional("columnKind"; word(["utf16CodeUnits", "unicodeCodePoints"]));
members(["version", "runs"]; ["$schema", "inlineExternalProperties"])
	| .version |= word(["2.1.0"]) | optional("$schema"; uri) | .runs |= list(run)
	| "sarif: \(.runs[0].tool.driver.rules | length) rules, \(.runs[0].results | length) results"
