/*
 * peers.cpp - the same columns decoded by simdjson (on-demand, iterate_many) and RapidJSON
 * (SAX), each as its documentation says is fastest.
 *
 *     bench_peers WORK FILE [THREADS]
 *
 * simdjson finds the tokens of the next lines in a second thread, if there is one.
 */
#if defined(__SSE4_2__)
#define RAPIDJSON_SSE42
#endif
#include <rapidjson/reader.h>
#include <simdjson.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <malloc.h>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <unordered_map>
#include <vector>

/* A dictionary with its last word before it. */
struct Dictionary {
    std::unordered_map<std::string_view, int32_t> codes;
    std::vector<std::string *> words;
    std::string_view last;
    int32_t last_code = 0;

    int32_t code(std::string_view word)
    {
        if (word == last && !words.empty())
            return last_code;
        auto found = codes.find(word);
        if (found == codes.end()) {
            words.push_back(new std::string(word));
            found = codes.emplace(*words.back(), int32_t(words.size() - 1)).first;
        }
        last = found->first;
        return last_code = found->second;
    }
};

/* Days from civil (Hinnant 2013). */
static int32_t day_of(std::string_view text)
{
    auto two = [&](size_t at) { return (text[at] - '0') * 10 + text[at + 1] - '0'; };
    if (text.size() != 10)
        std::abort();
    int year = two(0) * 100 + two(2), month = two(5), day = two(8);
    year -= month <= 2;
    int era = year / 400, of_era = year - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct Columns {
    std::vector<int32_t> period, unit, service, channel, wait, service_s;
    std::vector<int64_t> count;
    Dictionary units, services, channels;

    uint64_t sum() const
    {
        uint64_t total = 0;
        for (size_t i = 0; i < count.size(); i++)
            total +=
                uint64_t(count[i]) + uint32_t(period[i]) + uint32_t(wait[i] < 0 ? 0 : wait[i]);
        return total;
    }
};

/* One record; -1 is absent. */
struct Row {
    int32_t period = 0, unit = -1, service = 0, channel = 0, wait = -1, service_s = -1;
    int64_t count = 1;

    void append_to(Columns &out) const
    {
        out.period.push_back(period);
        out.unit.push_back(unit);
        out.service.push_back(service);
        out.channel.push_back(channel);
        out.count.push_back(count);
        out.wait.push_back(wait);
        out.service_s.push_back(service_s);
    }
};

static void simdjson_decode(const char *data, size_t size, bool threaded, Columns &out)
{
    namespace ondemand = simdjson::ondemand;
    ondemand::parser parser;
    parser.threaded = threaded;
    ondemand::document_stream stream;
    if (parser.iterate_many(data, size, 1 << 20).get(stream))
        std::abort();
    for (auto document : stream) {
        Row row;
        ondemand::object object = document.get_object();
        for (auto field : object) {
            ondemand::raw_json_string key = field.key();
            ondemand::value value = field.value();
            if (key == "period")
                row.period = day_of(value.get_string());
            else if (key == "unit")
                row.unit = out.units.code(value.get_string());
            else if (key == "service")
                row.service = out.services.code(value.get_string());
            else if (key == "channel")
                row.channel = out.channels.code(value.get_string());
            else if (key == "count")
                row.count = value.get_int64();
            else if (key == "wait_s")
                row.wait = int32_t(int64_t(value.get_int64()));
            else if (key == "service_s")
                row.service_s = int32_t(int64_t(value.get_int64()));
        }
        row.append_to(out);
    }
}

struct Handler : rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Handler> {
    enum Member { OTHER, PERIOD, UNIT, SERVICE, CHANNEL, COUNT, WAIT, SERVICE_S };
    Columns &out;
    Row row;
    Member member = OTHER;
    int depth = 0;

    explicit Handler(Columns &columns) : out(columns)
    {
    }

    bool Key(const char *data, unsigned size, bool)
    {
        static const struct {
            std::string_view name;
            Member member;
        } names[] = {{"period", PERIOD},      {"unit", UNIT},   {"service", SERVICE},
                     {"channel", CHANNEL},    {"count", COUNT}, {"wait_s", WAIT},
                     {"service_s", SERVICE_S}};
        std::string_view key(data, size);
        member = OTHER;
        for (auto &each : names)
            if (depth == 1 && key == each.name)
                member = each.member;
        return true;
    }
    bool String(const char *data, unsigned size, bool)
    {
        std::string_view text(data, size);
        if (member == PERIOD)
            row.period = day_of(text);
        else if (member == UNIT)
            row.unit = out.units.code(text);
        else if (member == SERVICE)
            row.service = out.services.code(text);
        else if (member == CHANNEL)
            row.channel = out.channels.code(text);
        return true;
    }
    bool number(int64_t value)
    {
        if (member == COUNT)
            row.count = value;
        else if (member == WAIT)
            row.wait = int32_t(value);
        else if (member == SERVICE_S)
            row.service_s = int32_t(value);
        return true;
    }
    bool Int(int value)
    {
        return number(value);
    }
    bool Uint(unsigned value)
    {
        return number(value);
    }
    bool Int64(int64_t value)
    {
        return number(value);
    }
    bool Uint64(uint64_t value)
    {
        return number(int64_t(value));
    }
    bool StartObject()
    {
        depth++;
        return true;
    }
    bool EndObject(unsigned)
    {
        depth--;
        return true;
    }
    bool StartArray()
    {
        depth++;
        return true;
    }
    bool EndArray(unsigned)
    {
        depth--;
        return true;
    }
};

/* Reads from memory that is known to end with a NUL. */
static void rapidjson_decode(const char *data, size_t size, Columns &out)
{
    rapidjson::Reader reader;
    rapidjson::StringStream stream(data);
    Handler handler(out);
    const unsigned flags =
        rapidjson::kParseStopWhenDoneFlag | rapidjson::kParseValidateEncodingFlag;
    for (;;) {
        while (stream.Peek() == '\n' || stream.Peek() == '\r' || stream.Peek() == ' ')
            stream.Take();
        if (stream.Tell() >= size)
            return;
        handler.row = Row();
        if (!reader.Parse<flags>(stream, handler))
            std::abort();
        handler.row.append_to(out);
    }
}

/* The file, mapped, with at least SIMDJSON_PADDING bytes behind it that may be read. */
struct Mapping {
    char *data;
    size_t size;

    explicit Mapping(const char *path)
    {
        int file = open(path, O_RDONLY);
        struct stat status;
        if (file < 0 || fstat(file, &status) != 0)
            std::abort();
        size = size_t(status.st_size);
        void *room = mmap(nullptr, size + 8192, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        data = static_cast<char *>(mmap(room, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, file, 0));
        if (data == MAP_FAILED)
            std::abort();
        close(file);
    }
};

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    std::string work = argv[1];
    bool hot = work.find("-hot") != std::string::npos;
    bool simd = work.rfind("simdjson", 0) == 0;
    bool warm = std::getenv("BENCH_WARM") != nullptr; // as in bench_ours
    bool threaded = argc > 3 && std::atoi(argv[3]) > 1;
    long long best = INT64_MAX;
    uint64_t sum = 0;
    if (hot || warm) {
        mallopt(M_MMAP_MAX, 0);
        mallopt(M_TRIM_THRESHOLD, INT32_MAX);
    }
    Mapping hot_input(argv[2]);
    for (int round = 0; round < (hot ? 15 : warm ? 2 : 1); round++) {
        Columns out;
        auto start = std::chrono::steady_clock::now();
        Mapping input = hot ? hot_input : Mapping(argv[2]);
        if (simd)
            simdjson_decode(input.data, input.size, threaded, out);
        else
            rapidjson_decode(input.data, input.size, out);
        auto taken = std::chrono::duration_cast<std::chrono::nanoseconds>(
            std::chrono::steady_clock::now() - start);
        best = hot ? std::min<long long>(best, taken.count()) : taken.count();
        sum = out.sum();
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    std::printf("%lld %llu %ld\n", best, static_cast<unsigned long long>(sum), usage.ru_maxrss);
}
