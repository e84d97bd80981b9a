#pragma once
// Everything that views share, put together: answers in RunState, requests in Travel, Opening, Explorer and Acting,
// what is looked at in ViewState, words in Texts. It does nothing itself; a view takes the parts that it needs.

#include "views/session/acting.h"
#include "views/session/explorer.h"
#include "views/session/hunt.h"
#include "views/session/mark_book.h"
#include "views/session/messages.h"
#include "views/session/opening.h"
#include "views/session/run_state.h"
#include "views/session/texts.h"
#include "views/session/travel.h"
#include "views/session/view_state.h"

namespace ringside {

struct Session {
    /// `data` is the folder with lessons/, assets/.
    explicit Session(const std::filesystem::path& data)
        : texts(data), opening(data, {run, view, travel, explorer, texts, messages}) {}

    // an order of making: each takes those before it
    Texts texts;
    Messages messages;
    ViewState view;
    MarkBook marks;
    RunState run;
    Travel travel{run, view, texts, messages};
    Explorer explorer{run, view, marks};
    Hunt hunt{{run, travel, explorer, marks, texts, messages}};
    Acting acting{run, travel, explorer, texts, messages};
    Opening opening;
};

}  // namespace ringside
